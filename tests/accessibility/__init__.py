"""What people who do not see, or see otherwise, get of the pages of the demonstration, drawn by a browser."""
