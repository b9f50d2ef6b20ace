/** The weights that the dashboard's look uses, from the lightest to the boldest: its font has no others. */
export const fontWeights = { from: 400, to: 620 } as const;

/** For the rule that names the font. */
export const weightRange = `${fontWeights.from} ${fontWeights.to}`;
