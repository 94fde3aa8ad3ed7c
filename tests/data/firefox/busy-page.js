// SPDX-License-Identifier: LGPL-2.1-or-later

function hash(text) {
  let sum = 5381;
  for (let round = 0; round < 3000; round++)
    for (let i = 0; i < text.length; i++)
      sum = (sum * 33 + text.charCodeAt(i)) & 0xffffff;
  return sum;
}

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

function early() {
  return hash("the early bird catches the worm");
}

function late() {
  return fibonacci(24);
}

function work() {
  let sum = 0;
  const end = performance.now() + 600;
  while (performance.now() < end) sum += early() + late();
  return sum;
}

document.getElementById("out").textContent = work();
