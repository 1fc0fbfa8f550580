"""Images of a unit or a witness: sending many, putting them in order, finding lost files."""
