// Imported before all modules with counters, which look for them when they are loaded.
import { workerData } from 'node:worker_threads'
import { COUNTERS_NAME } from './counters-name.ts'
import type { WorkerTask } from './worker-task.ts'

Object.assign(globalThis, { [COUNTERS_NAME]: (workerData as WorkerTask).counters })
