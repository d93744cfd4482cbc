"""The only floor that knows files: XML forms, the register's folder, and git."""
