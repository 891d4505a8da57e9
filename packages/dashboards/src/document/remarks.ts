import type { DocumentRemark, DocumentReport } from './model.ts'

/** A file of thousands of broken parts is told about by its first ones. */
const mostRemarks = 200

/** Notes of what was found; one goes through the reading of a document. */
export type Remarks = {
  note: (path: string, outcome: DocumentRemark['outcome'], problem: string) => void
  report: () => DocumentReport
}

export const startRemarks = (): Remarks => {
  const remarks: DocumentRemark[] = []
  let more = 0
  return {
    note: (path, outcome, problem) => {
      if (remarks.length < mostRemarks) remarks.push({ path: path.slice(0, 300), outcome, problem })
      else more++
    },
    report: () => ({ remarks, more }),
  }
}
