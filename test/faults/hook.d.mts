/** Which call of the disk fails, and how. */
export interface Fault {
  /** number of the call, from 1; 0: none */
  readonly at: number
  /** what the disk answers; `half` writes or removes half and then fails; `kill` ends the process after the call */
  readonly kind: FaultKind
  /** every later call that writes gets the same answer, as of a disk that stays full */
  readonly sticks?: boolean
  /** whether the calls shall tell from where they came */
  readonly ways?: boolean
}

export type FaultKind = 'ENOSPC' | 'EACCES' | 'EIO' | 'EROFS' | 'EMFILE' | 'half' | 'kill'

/** A call of node:fs. */
export interface DiskCall {
  readonly name: string
  /** what it was given first */
  readonly place: string
  /** whether it changes the disk */
  readonly writes: boolean
  /** from where it came, if that was asked for */
  readonly way?: string
}

/** Thrown at whoever was killed within this process, at each further call. */
export class Dead extends Error {}

export function withFault(fault: Fault, act: () => void): readonly DiskCall[]

export function withFaultLater(fault: Fault, act: () => Promise<void>): Promise<readonly DiskCall[]>
