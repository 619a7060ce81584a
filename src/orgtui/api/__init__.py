"""The functions behind the Python interface and the command line; `orgtui` exports the public ones."""
