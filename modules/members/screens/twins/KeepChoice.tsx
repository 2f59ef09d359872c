/** Which of the two records is kept, and what that would do to history and figures. */
import { Radio } from '@mantine/core'
import type { Reply } from '#kernel/endpoint.ts'
import { useWords } from '#ui/words.tsx'
import type { showTwins } from '../../twins/contract.ts'

type KeepProps = { pair: Reply<typeof showTwins>; keptId: string; onKeep: (id: string) => void }

export function KeepChoice({ pair: { a, b, suggestedId }, keptId, onKeep }: KeepProps) {
  const { say, work, count, day } = useWords()
  const merged = keptId === a.id ? b : a
  const { carried, dropped, admissionsLess } = merged.ifMerged
  return (
    <>
      <Radio.Group label={say.twins.keep} value={keptId} onChange={onKeep}>
        <div className="twin-keep">
          {[a, b].map(({ id, fullName }) => (
            <Radio
              key={id}
              value={id}
              label={
                <>
                  {say.twins.keepOne(fullName, id)}
                  {id === suggestedId && <span className="tag">{say.twins.suggested}</span>}
                </>
              }
            />
          ))}
        </div>
      </Radio.Group>
      <div className="muted" role="status">
        {[
          carried.length > 0 ? say.twins.willCarry(count(carried.length)) : null,
          dropped.length > 0 ? say.twins.willDrop(count(dropped.length)) : null,
          admissionsLess > 0 ? say.twins.willLose(count(admissionsLess)) : say.twins.willLoseNothing,
        ]
          .filter((line) => line !== null)
          .join('. ')}
        .
        {dropped.length > 0 && (
          <details>
            <summary>{say.twins.dropped}</summary>
            <ul>
              {dropped.map((row) => (
                <li key={row.movementId}>
                  {day(row.on)} {work.movementKinds[row.kind]}
                  {row.unit && `, ${row.unit.name}`}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </>
  )
}
