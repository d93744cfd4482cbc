"""From a charter, or two, to a document: readers make one tree (`page`), writers print it."""
