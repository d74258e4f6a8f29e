"""What `diff` and `collate` print: one module a format, all of them from the same plain data (`model`)."""
