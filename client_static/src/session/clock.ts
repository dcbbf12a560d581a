/** The server's time on any device: the local clock plus the median of the offsets that were measured. */

const SAMPLES_KEPT = 9;

interface Sample {
  offset_ms: number;
  trip_ms: number;
}

/** The middle offset of the faster half of the samples: a slow trip says little about where its middle was. */
export function middle(samples: readonly Sample[]): number {
  const fast = [...samples].sort((a, b) => a.trip_ms - b.trip_ms).slice(0, Math.max(1, Math.ceil(samples.length / 2)));
  const offsets = fast.map((sample) => sample.offset_ms).sort((a, b) => a - b);
  const half = Math.floor(offsets.length / 2);
  const upper = offsets[half] ?? 0;
  return offsets.length % 2 === 1 ? upper : ((offsets[half - 1] ?? upper) + upper) / 2;
}

export class Clock {
  private samples: Sample[] = [];
  private offset_ms = 0;

  constructor(private readonly local: () => number = Date.now) {}

  now(): number {
    return this.local() + this.offset_ms;
  }

  /** A first guess from a frame that was not asked for; any measurement replaces it. */
  guess(server_ms: number): void {
    if (this.samples.length === 0) this.offset_ms = server_ms - this.local();
  }

  measured(sent_ms: number, server_ms: number): void {
    const received_ms = this.local();
    const trip_ms = received_ms - sent_ms;
    // A clock that was set while the question travelled would give a nonsensical trip, and an offset as wrong.
    if (trip_ms < 0) return;
    this.samples = [...this.samples, { offset_ms: server_ms - (sent_ms + received_ms) / 2, trip_ms }].slice(
      -SAMPLES_KEPT,
    );
    this.offset_ms = middle(this.samples);
  }

  /** After sleep the device may have been set anew: what was measured before counts no more. */
  forget(): void {
    this.samples = [];
  }
}
