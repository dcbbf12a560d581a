/** The words about texts that only this device has, in English. */

export const draftsEn = {
  "title.one": "Kept on this device",
  "title.other": "{n} texts kept on this device",
  lead: "What you wrote here could not be added any more. Nobody else has it. You can copy it, or let it go.",
  "from.one": "{n} word, from: {phase}",
  "from.other": "{n} words, from: {phase}",
  "why.closed": "The phase was closed before your last words arrived. If it opens again, they are sent by themselves.",
  "why.not_yours": "You no longer write in this text. If you are invited again, your words are sent by themselves.",
  "why.gone": "This text has been erased.",
  "why.erased": "The whole workshop has been erased, as promised. This is the last there is of it.",
  "why.seat": "Come back by your new link on this device, and they are sent by themselves.",
  "why.other": "The workshop does not take these words ({code}).",
  copy: "Copy these words",
  copied: "Copied",
  discard: "Let them go",
  sure: "They are nowhere else. Let them go all the same?",
  sure_yes: "Yes, let them go",
  sure_no: "Keep them here",
  gone: "Let go",
} as const;
