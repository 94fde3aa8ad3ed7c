/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is said of a box: its name, its values and shares, where it is from. */
'use strict';

const profWords = (function () {
  const MAX_SHORT = 24;

  class Words {
    constructor(profile, facts) {
      this.profile = profile;
      this.facts = facts;
      this.whole = profile.tree.weight[0];
    }

    frameOf(node) {
      return this.profile.tree.callee[node] >>> 1;
    }

    nameOf(node) {
      return node === 0 ? 'all'
        : profNames.clean(this.profile.frames.names[this.frameOf(node)]);
    }

    /* Without package, and not longer than there is room in a line. */
    shortName(node) {
      const forms = profNames.formsOf(this.profile.frames.labels[this.frameOf(node)]);
      const name = forms[forms.length - 1].text;

      return name.length > MAX_SHORT ? name.slice(0, MAX_SHORT) + '…' : name;
    }

    /* "net/http/server.go:1870" */
    placeOf(node) {
      const { frames } = this.profile;
      const frame = this.frameOf(node);

      if (node === 0 || frames.files[frames.file[frame]] === '')
        return '';
      return profNames.clean(frames.files[frames.file[frame]]) +
        (frames.line[frame] > 0 ? ':' + frames.line[frame] : '');
    }

    boxPlace(layout, i) {
      return layout.boxes.end[i] > 0 ? '' : this.placeOf(layout.boxes.node[i]);
    }

    boxName(layout, i) {
      return layout.boxes.end[i] > 0 ? profUnits.plural(layout.nHidden(i), 'more frame')
        : this.nameOf(layout.boxes.node[i]);
    }

    isInlined(layout, i) {
      const node = layout.boxes.node[i];

      return layout.boxes.end[i] === 0 && node > 0 &&
        (this.profile.tree.callee[node] & 1) === 1;
    }

    /* Rows of "self" and "total": value, share of all, and share of the part that
     * is shown, "" where that is all. With the leaves first, what ends at a frame
     * is not its own. */
    amounts(layout, i) {
      const { start, end } = layout.view;
      const total = layout.value(i);
      const rows = [['total', total]];

      if (layout.boxes.end[i] === 0 && !this.facts.leafFirst)
        rows.unshift(['self', profLayout.ownValue(this.profile.tree, layout.boxes.node[i])]);
      return rows.map(([word, value]) => ({
        word,
        value: profUnits.human(value, this.facts.unit),
        ofAll: profUnits.percent(value, this.whole),
        ofView: end - start >= this.whole ? '' : profUnits.percent(value, end - start),
      }));
    }

    /* "self 0 ns (0.0 %), total 1.2 s (12.7 %, 92.5 % of the view) · file.go" */
    sentence(layout, i) {
      const place = this.boxPlace(layout, i);
      const rows = this.amounts(layout, i).map(({ word, value, ofAll, ofView }) =>
        word + ' ' + value + ' (' + ofAll +
        (word === 'total' && ofView !== '' ? ', ' + ofView + ' of the view' : '') + ')');

      return rows.join(', ') + (place === '' ? '' : ' · ' + place);
    }

    /* "(*Conn).Read, total 3.2 s, 7.8 %, child 2 of 5, inlined" */
    spoken(layout, i, search) {
      const { boxes } = layout;
      const siblings = layout.siblings(i);
      const parts = [this.boxName(layout, i)];

      for (const { word, value, ofAll } of this.amounts(layout, i))
        parts.push(word + ' ' + value + ', ' + ofAll);
      if (boxes.parent[i] >= 0)
        parts.push('child ' + (siblings.indexOf(i) + 1) + ' of ' + siblings.length);
      if (this.isInlined(layout, i))
        parts.push('inlined');
      if (search !== null && boxes.end[i] === 0 && search.matches(boxes.node[i]))
        parts.push('match');
      return parts.join(', ');
    }
  }

  return { Words };
})();
