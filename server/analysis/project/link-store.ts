// Nodes and links as they are found, each once, up to a bound; what is too much is counted.
import type { Location } from './build-project.js';
import type { Bounds, Link, LinkNode } from './links.js';

export type Growing<T extends { readonly places: readonly Location[] }> = T & { places: Location[] };
type NewLink = Omit<Link, 'from' | 'to'> & Record<'from' | 'to', number | undefined>;

export class LinkStore {
  readonly #bounds: Bounds;
  readonly nodes: Growing<LinkNode>[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #links = new Map<string, Growing<Link>>();
  #leftOut = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get links(): readonly Link[] {
    return [...this.#links.values()];
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  /** Its place in the list; `undefined` once there are too many nodes. */
  node(key: string, places: readonly Location[], make: () => Growing<LinkNode>): number | undefined {
    let index = this.#byKey.get(key);
    if (index === undefined) {
      if (this.nodes.length >= this.#bounds.nodes) return void this.#leftOut++;
      index = this.nodes.push(make()) - 1;
      this.#byKey.set(key, index);
    }
    for (const place of places) this.#addPlace(this.nodes[index]?.places, place);
    return index;
  }

  link({ from, to, places, ...rest }: NewLink): void {
    if (from === undefined || to === undefined || from === to) return;
    const { kind, permissions, checkedAt, against } = rest;
    const key = JSON.stringify([kind, from, to, permissions, checkedAt, against]);
    let link = this.#links.get(key);
    if (!link) {
      if (this.#links.size >= this.#bounds.links) return void this.#leftOut++;
      link = { ...rest, from, to, places: [] };
      this.#links.set(key, link);
    }
    for (const place of places) this.#addPlace(link.places, place);
  }

  #addPlace(places: Location[] | undefined, { uri, span }: Location): void {
    if (!places || places.length >= this.#bounds.places) return;
    const isThere = places.some((one) => one.uri === uri && one.span.start === span.start && one.span.end === span.end);
    if (!isThere) places.push({ uri, span });
  }
}
