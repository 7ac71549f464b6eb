"""Where our way of writing a language differs from what Django knows of it, a package for each language."""
