/** While people talk, a phone that lies on the table stays awake: a dark one hears no swap, and seems to have gone. */

import { useEffect } from "preact/hooks";

async function hold(): Promise<WakeLockSentinel | null> {
  try {
    return await navigator.wakeLock.request("screen");
  } catch (error) {
    // A phone with a low battery says no, and goes dark as it always did.
    console.info("the screen may go dark", error);
    return null;
  }
}

export function useAwake(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !("wakeLock" in navigator)) return undefined;
    let over = false;
    let held: WakeLockSentinel | null = null;
    const keep = async (): Promise<void> => {
      if (document.visibilityState === "hidden" || (held && !held.released)) return;
      held = await hold();
      if (over) void held?.release();
    };
    // The browser lets go whenever the page is hidden.
    const turned = (): void => void keep();
    document.addEventListener("visibilitychange", turned);
    void keep();
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", turned);
      void held?.release();
    };
  }, [wanted]);
}
