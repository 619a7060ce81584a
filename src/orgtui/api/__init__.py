"""What Python programs and the command line do with organisations; `orgtui` itself offers the public part."""
