"""The 置き場: four verbs on a folder, WebDAV, S3 or Azure, without knowing what the bytes mean."""
