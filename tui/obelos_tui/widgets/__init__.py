"""The widgets of the screens, one class a module."""
