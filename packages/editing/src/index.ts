export { isEqual, isObject } from './equal.ts'
export { beginHistory, type History, mostSteps, rebase, redo, type Step, step, undo } from './history.ts'
export { type MemberChange, memberChanges } from './member-changes.ts'
export { type Three, threeWay } from './three-way.ts'
