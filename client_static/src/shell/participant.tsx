import type { FaceProps } from "../console";
export function Participant(_props: FaceProps) { return null; }
