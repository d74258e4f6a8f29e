"""The desk in a browser: a server that lets nobody in without its token, and the page it sends."""
