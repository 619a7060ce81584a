"""Readers: each turns a file of one format into rows with their lines."""
