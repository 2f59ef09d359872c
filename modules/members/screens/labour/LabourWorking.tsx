/** A list that is being read or taken back: how far it is. It goes on without us. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { call } from '#ui/api.ts'
import { refusalFrom } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import { showStaffList } from '../../labour/contract.ts'

const [soonMs, laterMs] = [500, 3000]

export function LabourWorking({ found }: { found: Import }) {
  const { say } = useWords()
  const id = useId()
  const { work, isLost } = useWatch(found)
  const { done, total } = work.progress ?? { done: 0, total: 0 }
  const share = total > 0 && done < total ? done / total : undefined
  return (
    <div className="work">
      <strong id={id}>{say.imports.working[found.state === 'undoing' ? 'undoing' : 'reading']}</strong>
      <progress className="bar" aria-labelledby={id} max={1} value={share} />
      {isLost && (
        <p className="text-amber" role="status">
          {say.imports.lostTouch}
        </p>
      )}
      <p className="muted">{say.imports.goesOn}</p>
    </div>
  )
}

/** Looks again and again; when the work has ended everything on screen is read anew. */
function useWatch(found: Import) {
  const client = useQueryClient()
  const [work, setWork] = useState(found)
  const [isLost, setLost] = useState(false)
  const { id, state } = found
  useEffect(() => {
    const stop = new AbortController()
    let timer = setTimeout(() => void look(), soonMs)
    async function look() {
      try {
        const now = await call(showStaffList, { params: { importId: id } }, { signal: stop.signal })
        if (now.state !== state) return void client.invalidateQueries()
        setLost(false)
        setWork(now)
        timer = setTimeout(() => void look(), soonMs)
      } catch (error) {
        if (stop.signal.aborted) return
        const { status } = refusalFrom(error)
        if (status > 0 && status < 500) return void client.invalidateQueries()
        setLost(true)
        timer = setTimeout(() => void look(), laterMs)
      }
    }
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [client, id, state])
  return { work, isLost }
}
