export function writeSmall(folder: string, state: 'old' | 'new'): void
