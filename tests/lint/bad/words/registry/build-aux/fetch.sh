wget https://mirror.example.org/x
