/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads the profile out of the page: base64, gzip, then columns of numbers. The
 * grammar stands in report/prof-report-page.h. All of the tree is in typed
 * arrays, as a stack may be any number of frames deep. */
'use strict';

const profData = (function () {
  const PAUSE = 1 << 21; /* nodes between two signs of life */

  function bytesOf(text) {
    const digits = new Uint8Array(128);
    const alphabet =
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const clean = text.trim().replace(/=+$/, '');
    const bytes = new Uint8Array(Math.floor(clean.length * 3 / 4));
    let at = 0;

    for (let i = 0; i < 64; i++)
      digits[alphabet.charCodeAt(i)] = i;
    for (let i = 0; i < clean.length; i += 4) {
      const bits = digits[clean.charCodeAt(i)] << 18 |
        digits[clean.charCodeAt(i + 1)] << 12 |
        digits[clean.charCodeAt(i + 2) & 127] << 6 | digits[clean.charCodeAt(i + 3) & 127];

      bytes[at] = bits >> 16;
      bytes[at + 1] = bits >> 8;
      bytes[at + 2] = bits;
      at += 3;
    }
    return bytes;
  }

  async function inflated(bytes) {
    const stream = new Blob([bytes]).stream()
      .pipeThrough(new DecompressionStream('gzip'));

    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  class Reader {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }

    /* Past 2^53 the lowest bits are lost, not the size. */
    number() {
      let byte = this.bytes[this.at++];
      let value = byte & 127;

      for (let scale = 128; byte > 127; scale *= 128) {
        byte = this.bytes[this.at++];
        value += (byte & 127) * scale;
      }
      return value;
    }

    folded() {
      const twice = this.number();

      return twice % 2 === 0 ? twice / 2 : -(twice + 1) / 2;
    }

    column(n, Type) {
      const values = new Type(n);

      for (let i = 0; i < n; i++)
        values[i] = this.number();
      return values;
    }

    foldedColumn(n, scale) {
      const values = new Float64Array(n);

      for (let i = 0; i < n; i++)
        values[i] = this.folded() * scale;
      return values;
    }

    lines(n) {
      const length = this.number();
      const bytes = this.bytes.subarray(this.at, this.at + length);

      this.at += length;
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        .split('\n').slice(0, n);
    }
  }

  function readFrames(reader, shape) {
    const n = shape.frames;
    const frames = { n, nRows: shape.rows };

    frames.names = reader.lines(n);
    frames.labels = reader.lines(n);
    frames.files = reader.lines(shape.files);
    frames.file = reader.column(n, Uint32Array);
    frames.line = reader.column(n, Float64Array);
    frames.package = reader.column(n, Uint32Array);
    frames.color = reader.column(n, Uint32Array);
    frames.inlined = reader.column(n, Uint8Array);
    frames.flat = reader.foldedColumn(n, shape.divisor);
    frames.cum = reader.foldedColumn(n, shape.divisor);
    return frames;
  }

  /* Lists of calls, one behind the other; first[f] is where that of f begins. */
  function readCalls(reader, nFrames) {
    const first = new Uint32Array(nFrames + 2);
    const callees = [];

    for (let f = 0; f <= nFrames; f++) {
      const n = reader.number();

      for (let i = 0; i < n; i++)
        callees.push(reader.number());
      first[f + 1] = callees.length;
    }
    return { first, callees: Uint32Array.from(callees) };
  }

  const rest = () => new Promise((resolve) => setTimeout(resolve));

  /* Parents, from how many children each node has: the parent of the next node
   * is the last one that still lacks some. */
  async function readShape(reader, tree) {
    const { n, parent, size: missing } = tree;
    let above = -1;
    let depth = -1;

    for (let i = 0; i < n; i++) {
      while (above >= 0 && missing[above] === 0) {
        above = parent[above];
        depth--;
      }
      parent[i] = above;
      if (above >= 0)
        missing[above]--;
      missing[i] = reader.number();
      above = i;
      depth++;
      if (depth > tree.height)
        tree.height = depth;
      if (i % PAUSE === PAUSE - 1)
        await rest();
    }
  }

  async function readPlaces(reader, tree, calls) {
    const { n, parent, callee } = tree;

    callee[0] = 2 * tree.more + 2;
    for (let i = 1; i < n; i++) {
      const above = parent[i];
      const list = above === 0 ? tree.more : callee[above] >>> 1;

      callee[i] = calls.callees[calls.first[list] + reader.number()];
      if (i % PAUSE === PAUSE - 1)
        await rest();
    }
  }

  function readValues(reader, tree, shape) {
    const { n, total, weight } = tree;

    for (let i = 0; i < n; i++)
      total[i] = (shape.signed ? reader.folded() : reader.number()) * shape.divisor;
    for (let i = 0; shape.signed && i < n; i++)
      weight[i] = Math.abs(total[i]) + reader.number() * shape.divisor;
  }

  /* From the last node up: children come behind their parents. */
  async function addUp(tree) {
    const { n, parent, size, total, weight } = tree;

    size.fill(1);
    for (let i = n - 1; i > 0; i--) {
      const above = parent[i];

      size[above] += size[i];
      total[above] += total[i];
      if (weight !== total)
        weight[above] += weight[i];
      if (i % PAUSE === 0)
        await rest();
    }
  }

  /* Where frames were left out, and how many callees each time. */
  function readMerged(reader, tree, nHidden) {
    const nodes = [];
    const counts = [];

    for (let i = 1; nHidden > 0 && i < tree.n; i++)
      if (tree.callee[i] >>> 1 === tree.more) {
        nodes.push(i);
        counts.push(reader.number());
      }
    tree.moreNodes = Uint32Array.from(nodes);
    tree.nMerged = Uint32Array.from(counts);
  }

  async function readTree(reader, shape, calls) {
    const n = shape.nodes;
    const total = new Float64Array(n);
    const tree = {
      n,
      more: shape.frames,      /* the frame that stands for others */
      height: 0,
      parent: new Int32Array(n),  /* -1 for the root */
      size: new Uint32Array(n),   /* nodes of the subtree */
      callee: new Uint32Array(n), /* 2 × frame + inlined */
      total,
      weight: shape.signed ? new Float64Array(n) : total,
    };

    await readShape(reader, tree);
    await readPlaces(reader, tree, calls);
    readValues(reader, tree, shape);
    readMerged(reader, tree, shape.hidden);
    await addUp(tree);
    return tree;
  }

  /* shape: what facts.shape says */
  async function read(text, shape) {
    const reader = new Reader(await inflated(bytesOf(text)));
    const frames = readFrames(reader, shape);
    const calls = readCalls(reader, shape.frames);
    const tree = await readTree(reader, shape, calls);

    return { frames, tree };
  }

  return { read };
})();
