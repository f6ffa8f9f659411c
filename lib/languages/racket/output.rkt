(module output '#%kernel
  (file-stream-buffer-mode (current-output-port) 'line))
