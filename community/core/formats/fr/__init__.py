"""French, where Django differs."""
