"""The operations that restructure an organisation: each compiles to assignments or is refused."""
