"""The tour: six steps on a sample, each of which waits until it has really happened."""
