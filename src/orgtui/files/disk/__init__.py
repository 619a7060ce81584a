"""Reading and writing files safely, and the folders that the program keeps."""
