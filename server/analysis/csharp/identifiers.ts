// Where a word stands in a C# source as an identifier: outside of comments and of what literals say.

/**
 * Starts, in order. What is in the holes of an interpolated string counts, and of a raw one that is interpolated everything does:
 * what is too many is looked at by hand.
 */
export function identifiersNamed(text: string, name: string): readonly number[] {
  if (!text.includes(name)) return [];
  return new Scanner(text, name).run();
}

const word = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\p{Cf}]*/uy;

export function isIdentifier(text: string): boolean {
  word.lastIndex = 0;
  return word.test(text) && word.lastIndex === text.length;
}

class Scanner {
  readonly #text: string;
  readonly #name: string;
  readonly #found: number[] = [];
  #at = 0;

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  run(): readonly number[] {
    // Each of these is a hole that is open: how many braces are, within.
    const holes: { depth: number; readonly verbatim: boolean }[] = [];
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      const hole = holes.at(-1);
      if (code === 47 && text.startsWith('//', this.#at)) this.#at = endOr(text, text.indexOf('\n', this.#at), 0);
      else if (code === 47 && text.startsWith('/*', this.#at))
        this.#at = endOr(text, text.indexOf('*/', this.#at + 2), 2);
      else if (code === 39) this.#quoted(39);
      else if (code === 34 || code === 36 || code === 64) {
        const opened = this.#string();
        if (opened) holes.push({ depth: 0, verbatim: opened.verbatim });
      } else if (hole && code === 123) {
        hole.depth++;
        this.#at++;
      } else if (hole && code === 125) {
        this.#at++;
        if (hole.depth-- > 0) continue;
        holes.pop();
        if (this.#interpolated(hole.verbatim)) holes.push({ depth: 0, verbatim: hole.verbatim });
      } else this.#word();
    }
    return this.#found;
  }

  #word(): void {
    word.lastIndex = this.#at;
    if (!word.test(this.#text)) {
      this.#at++;
      return;
    }
    if (this.#text.slice(this.#at, word.lastIndex) === this.#name) this.#found.push(this.#at);
    this.#at = word.lastIndex;
  }

  /** Passes a literal whole; answers with the string whose hole begins here. */
  #string(): { readonly verbatim: boolean } | undefined {
    const text = this.#text;
    let at = this.#at;
    while (text.charCodeAt(at) === 36 || text.charCodeAt(at) === 64) at++;
    const prefix = text.slice(this.#at, at);
    if (text.charCodeAt(at) !== 34) {
      this.#at = at;
      return undefined;
    }
    const verbatim = prefix.includes('@');
    if (!verbatim && text.startsWith('"""', at)) {
      let quotes = 3;
      while (text.charCodeAt(at + quotes) === 34) quotes++;
      const end = endOr(text, text.indexOf('"'.repeat(quotes), at + quotes), quotes);
      if (prefix.includes('$'))
        for (let one = text.indexOf(this.#name, at); one >= 0 && one < end; one = text.indexOf(this.#name, one + 1))
          this.#found.push(one);
      this.#at = end;
      return undefined;
    }
    this.#at = at + 1;
    if (prefix.includes('$')) return this.#interpolated(verbatim) ? { verbatim } : undefined;
    this.#at = at;
    if (verbatim) this.#verbatim();
    else this.#quoted(34);
    return undefined;
  }

  /** From within the text of an interpolated string: true where it stops at a hole, and false behind its end. */
  #interpolated(verbatim: boolean): boolean {
    const text = this.#text;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      const isDoubled = text.charCodeAt(this.#at + 1) === code;
      if (code === 92 && !verbatim) this.#at++;
      else if (code === 34) {
        if (verbatim && isDoubled) this.#at++;
        else {
          this.#at++;
          return false;
        }
      } else if (code === 123) {
        if (isDoubled) this.#at++;
        else {
          this.#at++;
          return true;
        }
      } else if ((code === 10 || code === 13) && !verbatim) return false;
    }
    return false;
  }

  /** To the closing quote, or the end of the line. */
  #quoted(quote: number): void {
    const text = this.#text;
    for (this.#at++; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === 92) this.#at++;
      else if (code === 10 || code === 13) return;
      else if (code === quote) {
        this.#at++;
        return;
      }
    }
  }

  #verbatim(): void {
    const text = this.#text;
    for (this.#at++; this.#at < text.length; this.#at++) {
      if (text.charCodeAt(this.#at) !== 34) continue;
      if (text.charCodeAt(this.#at + 1) !== 34) {
        this.#at++;
        return;
      }
      this.#at++;
    }
  }
}

function endOr(text: string, found: number, behind: number): number {
  return found < 0 ? text.length : found + behind;
}
