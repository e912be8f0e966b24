"""The engine: knows nothing of Seam, HTTP, the wall clock or chance."""
