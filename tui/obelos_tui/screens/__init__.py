"""The screens, one class a module."""
