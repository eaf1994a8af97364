"""The law for machines: seven kinds of term over arrays, each with one meaning, one check and one delta."""
