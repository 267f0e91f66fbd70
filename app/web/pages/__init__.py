"""Pages drawn from templates, with the files and colours they use."""
