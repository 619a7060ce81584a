"""Reading and writing files safely, and the folders of the program."""
