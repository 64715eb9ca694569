// greeter ADDRESS PORT   writes a line when it listens, and "reached PORT" to everybody who connects
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words) {
  int tcp = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in here = {.sin_family = AF_INET};
  if (count != 3 || inet_pton(AF_INET, words[1], &here.sin_addr) != 1) {
    return 2;
  }
  here.sin_port = htons(atoi(words[2]));
  if (bind(tcp, (struct sockaddr *)&here, sizeof here) || listen(tcp, 8)) {
    perror("listen");
    return 1;
  }
  puts("listening");
  fflush(stdout);
  for (;;) {
    int client = accept(tcp, 0, 0);
    dprintf(client, "reached %s\n", words[2]);
    close(client);
  }
}
