/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which nodes a text or pattern matches, and what they cover. Each name is
 * matched once; stacks that hold several matches are counted once. */
'use strict';

const profSearch = (function () {
  /* A function that tells whether names match, or null where the text is no
   * pattern. */
  function matcher(text, isPattern, hasCase) {
    if (isPattern) {
      try {
        const pattern = new RegExp(text, hasCase ? '' : 'i');

        return (name) => pattern.test(name);
      } catch (error) {
        return null;
      }
    }
    if (hasCase)
      return (name) => name.includes(text);
    const small = text.toLowerCase();
    return (name) => name.toLowerCase().includes(small);
  }

  function matchFrames(frames, matches) {
    const found = new Uint8Array(frames.n + 2);
    const files = frames.files.map((file) => file !== '' && matches(file));

    for (let f = 0; f < frames.n; f++)
      found[f] = matches(frames.names[f]) || files[frames.file[f]] ? 1 : 0;
    return found;
  }

  function collect(tree, found) {
    const { n, callee } = tree;
    let count = 0;

    for (let i = 1; i < n; i++)
      count += found[callee[i] >>> 1];
    const nodes = new Uint32Array(count);
    for (let i = 1, at = 0; at < count; i++)
      if (found[callee[i] >>> 1])
        nodes[at++] = i;
    return nodes;
  }

  /* The outermost of rising nodes. */
  function outermost(tree, nodes) {
    const outer = [];
    let end = 0;

    for (const node of nodes)
      if (node >= end) {
        outer.push(node);
        end = node + tree.size[node];
      }
    return Uint32Array.from(outer);
  }

  /* Where they begin on the root's line: one pass over what comes before the
   * last of them, with what is open at each depth. */
  function startsOf(tree, outer) {
    const starts = new Float64Array(outer.length);
    const next = new Float64Array(tree.height + 2);
    const ends = new Uint32Array(tree.height + 2);
    let depth = 0;
    let at = 0;

    for (let i = 0; at < outer.length; i++) {
      while (depth > 0 && i >= ends[depth - 1])
        depth--;
      const start = next[depth];
      next[depth] = start + tree.weight[i];
      next[depth + 1] = start;
      ends[depth] = i + tree.size[i];
      if (i === outer[at]) {
        starts[at++] = start;
        i += tree.size[i] - 1;
      } else {
        depth++;
      }
    }
    return starts;
  }

  class Search {
    constructor(profile, matches) {
      const { tree, frames } = profile;

      this.tree = tree;
      this.frames = matchFrames(frames, matches);
      this.nodes = collect(tree, this.frames);
      this.outer = outermost(tree, this.nodes);
      this.starts = startsOf(tree, this.outer);
      this.nFrames = this.frames.reduce((sum, one) => sum + one, 0);
      this.total = this.sum(0, tree.n);
    }

    /* Value of the stacks with a match, among the outermost ones of a range. */
    sum(first, end) {
      let sum = 0;

      for (let at = profLayout.lowerBound(this.outer, first);
        at < this.outer.length && this.outer[at] < end; at++)
        sum += this.tree.total[this.outer[at]];
      return sum;
    }

    /* What of a node's value is in stacks with a match. */
    within(node) {
      for (let above = node; above > 0; above = this.tree.parent[above])
        if (this.frames[this.tree.callee[above] >>> 1])
          return this.tree.total[node];
      return this.sum(node, node + this.tree.size[node]);
    }

    matches(node) {
      return node > 0 && this.frames[this.tree.callee[node] >>> 1] === 1;
    }

    isOuter(node) {
      return this.outer[profLayout.lowerBound(this.outer, node)] === node;
    }

    any(first, end) {
      return this.nodes[profLayout.lowerBound(this.nodes, first)] < end;
    }

    /* The next match behind a node, or before it, round the end. */
    next(node, step) {
      const n = this.nodes.length;
      const at = profLayout.lowerBound(this.nodes, node);

      if (n === 0)
        return -1;
      if (step < 0)
        return this.nodes[(at - 1 + n) % n];
      return this.nodes[(this.nodes[at] === node ? at + 1 : at) % n];
    }
  }

  return { Search, matcher };
})();
