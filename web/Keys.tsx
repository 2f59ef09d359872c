/** The keys, as a list. */
import { Modal } from '@mantine/core'
import { useWords } from '#ui/words.tsx'

export function Keys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { say } = useWords()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say.frame.keys}
      closeButtonProps={{ 'aria-label': say.frame.close }}
    >
      <dl className="keys">
        {say.frame.keyList.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
