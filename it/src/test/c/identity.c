// Prints, one per line, what a process and its kernel draw at random: what two machines must never share.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

static void hex(const char *what, const void *bytes, size_t length) {
  printf("%s ", what);
  for (size_t i = 0; i < length; i++) printf("%02x", ((const unsigned char *)bytes)[i]);
  putchar('\n');
}

static void file(const char *what, const char *path, size_t length) {
  char bytes[128];
  int fd = open(path, O_RDONLY);
  ssize_t n = read(fd, bytes, length);
  close(fd);
  if (n <= 0) exit(1);
  hex(what, bytes, (size_t)n);
}

// The first sequence number of a connection over the loopback interface, seen on the wire.
static void sequence(void) {
  int wire = socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP));
  int client = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in nobody = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  connect(client, (struct sockaddr *)&nobody, sizeof nobody);
  unsigned char packet[256];
  if (recv(wire, packet, sizeof packet, 0) < 40) exit(2);
  struct tcphdr *tcp = (struct tcphdr *)(packet + ((struct iphdr *)packet)->ihl * 4);
  hex("tcp-sequence", &tcp->seq, sizeof tcp->seq);
}

int main(void) {
  char random[16];
  void *stack = random, *heap = sbrk(0), *vdso = (void *)getauxval(AT_SYSINFO_EHDR);
  if (getrandom(random, sizeof random, 0) != sizeof random) return 3;
  hex("getrandom", random, sizeof random);
  hex("at-random", (void *)getauxval(AT_RANDOM), 16);
  unsigned long canary;
  __asm__("mov %%fs:0x28, %0" : "=r"(canary));  // where the x86-64 ABI has the stack protector's
  hex("canary", &canary, sizeof canary);
  void *mapped = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  hex("mmap", &mapped, sizeof mapped);
  hex("stack", &stack, sizeof stack);
  hex("heap", &heap, sizeof heap);
  hex("vdso", &vdso, sizeof vdso);
  int (*program)(void) = main;
  hex("program", &program, sizeof program);
  file("urandom", "/dev/urandom", 16);
  file("boot-id", "/proc/sys/kernel/random/boot_id", 36);
  file("uuid", "/proc/sys/kernel/random/uuid", 36);
  sequence();
  return 0;
}
