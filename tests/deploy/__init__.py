"""The site put together: its commands, its settings, its servers."""
