"""Exports: one module a format, each over one `Report` built once from baseline, plan and findings."""
