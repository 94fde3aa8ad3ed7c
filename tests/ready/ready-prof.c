/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* prof, loaded and linked already: each question that comes is answered by a
 * process forked from there, which is what prof is when its main() begins.
 * Starting a program with forty libraries takes ten times as long as most
 * answers.
 *
 * Standard input is a socket of packets (ready.py has the other end). A packet
 * brings four files, which are the standard three and a socket for the answer,
 * and texts, each with a NUL at its end: the folder, the number of arguments,
 * the arguments, the environment. The answer is the status as waitpid() has it.
 * Who closes the socket before kills the process. It ends with the input. */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUEUE     STDIN_FILENO
#define ANSWER    3
#define N_FILES   4
#define MAX_TEXTS 4096
#define MAX_RUNS  64

/* main() of cli/main.c, under another name. */
int prof_main (int argc, char **argv);

typedef struct
{
  char  buffer[1 << 18]; /* more than a packet holds */
  char *texts[MAX_TEXTS + 1];
  int   n_texts;
  int   files[N_FILES];
} Question;

typedef struct
{
  pid_t pid;
  int   answer; /* owned; -1 when nobody waits for it */
} Run;

static Run      runs[MAX_RUNS];
static nfds_t   n_runs;
static sigset_t first_mask;

static void
wake_up (int number)
{
}

/* Texts are within the buffer, whose last byte is 0. */
static void
split (Question *question, size_t size)
{
  question->n_texts = 0;
  for (size_t at = 0; at < size && question->n_texts < MAX_TEXTS;)
    {
      question->texts[question->n_texts++] = question->buffer + at;
      at += strlen (question->buffer + at) + 1;
    }
  question->texts[question->n_texts] = NULL;
}

/* Returns: 0 at the end, -1 where a packet is no question */
static int
receive (Question *question)
{
  _Alignas(struct cmsghdr) char control[CMSG_SPACE (sizeof question->files)];
  struct iovec  piece = { question->buffer, sizeof question->buffer - 1 };
  struct msghdr message = {
    .msg_iov = &piece,
    .msg_iovlen = 1,
    .msg_control = control,
    .msg_controllen = sizeof control,
  };
  const struct cmsghdr *head;
  ssize_t               size = recvmsg (QUEUE, &message, MSG_CMSG_CLOEXEC);

  if (size <= 0)
    return 0;
  head = CMSG_FIRSTHDR (&message);
  if (head == NULL || head->cmsg_len != CMSG_LEN (sizeof question->files))
    return -1;
  memcpy (question->files, CMSG_DATA (head), sizeof question->files);
  question->buffer[size] = '\0';
  split (question, (size_t)size);
  return 1;
}

static _Noreturn void
answer (Question *question)
{
  char *end;
  long  n_arguments;
  char *arguments[MAX_TEXTS + 1] = { NULL };

  if (question->n_texts < 3)
    _exit (126);
  n_arguments = strtol (question->texts[1], &end, 10);
  if (n_arguments < 1 || n_arguments > question->n_texts - 2)
    _exit (126);
  for (long n = 0; n < n_arguments; n++)
    arguments[n] = question->texts[2 + n];
  for (int n = 0; n < ANSWER; n++)
    dup2 (question->files[n], n);
  close_range (ANSWER, ~0U, 0);
  signal (SIGCHLD, SIG_DFL);
  sigprocmask (SIG_SETMASK, &first_mask, NULL);
  if (chdir (question->texts[0]) < 0)
    _exit (126);
  environ = question->texts + 2 + n_arguments;
  exit (prof_main ((int)n_arguments, arguments));
}

static void
start (Question *question)
{
  pid_t pid = fork ();

  if (pid == 0)
    answer (question);
  for (int n = 0; n < ANSWER; n++)
    close (question->files[n]);
  if (pid < 0)
    close (question->files[ANSWER]);
  else
    runs[n_runs++] = (Run){ pid, question->files[ANSWER] };
}

static void
collect (void)
{
  int   status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    for (nfds_t r = 0; r < n_runs; r++)
      if (runs[r].pid == pid)
        {
          if (runs[r].answer >= 0)
            {
              send (runs[r].answer, &status, sizeof status, MSG_NOSIGNAL);
              close (runs[r].answer);
            }
          runs[r] = runs[--n_runs];
          break;
        }
}

static void
give_up (Run *run)
{
  kill (run->pid, SIGKILL);
  close (run->answer);
  run->answer = -1;
}

/* Returns: whether there is something to read in the queue */
static int
wait_for_something (void)
{
  struct pollfd files[MAX_RUNS + 1];
  sigset_t      mask = first_mask;

  for (nfds_t r = 0; r < n_runs; r++)
    files[r] = (struct pollfd){ .fd = runs[r].answer };
  files[n_runs] = (struct pollfd){
    .fd = n_runs < MAX_RUNS ? QUEUE : -1,
    .events = POLLIN,
  };
  sigdelset (&mask, SIGCHLD);
  if (ppoll (files, n_runs + 1, NULL, &mask) < 0)
    return 0;
  for (nfds_t r = 0; r < n_runs; r++)
    if (files[r].revents != 0)
      give_up (&runs[r]);
  return files[n_runs].revents != 0;
}

int
main (void)
{
  static Question  question;
  struct sigaction action = { .sa_handler = wake_up };
  sigset_t         children;
  int              received = 1;

  sigemptyset (&children);
  sigaddset (&children, SIGCHLD);
  sigprocmask (SIG_BLOCK, &children, &first_mask);
  sigaction (SIGCHLD, &action, NULL);
  while (received != 0)
    {
      if (wait_for_something ())
        received = receive (&question);
      else
        received = -1;
      if (received > 0)
        start (&question);
      collect ();
    }
  while (n_runs > 0)
    give_up (&runs[--n_runs]);
  return EXIT_SUCCESS;
}
