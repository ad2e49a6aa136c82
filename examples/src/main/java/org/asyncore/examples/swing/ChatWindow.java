// SPDX-License-Identifier: Apache-2.0
package org.asyncore.examples.swing;

import java.awt.BorderLayout;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.function.Consumer;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;

/** A window with the lines of the chat, and a field for the next one. Used by Swing's thread only. */
final class ChatWindow {
    private final JTextArea lines = new JTextArea(20, 60);
    private final JTextField field = new JTextField();
    private final JFrame frame;
    private final String name;

    /** Opens the window. Escape closes it. */
    ChatWindow(String name, Consumer<String> onLine, Runnable onClosed) {
        this.name = name;
        frame = new JFrame(name);
        lines.setEditable(false);
        lines.setLineWrap(true);
        field.addActionListener(entered -> {
            onLine.accept(field.getText());
            lines.append(name + ": " + field.getText() + "\n");
            field.setText("");
        });
        frame.add(new JScrollPane(lines), BorderLayout.CENTER);
        frame.add(field, BorderLayout.SOUTH);
        frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent closed) {
                onClosed.run();
            }
        });
        frame.getRootPane()
                .registerKeyboardAction(
                        escape -> frame.dispose(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        javax.swing.JComponent.WHEN_IN_FOCUSED_WINDOW);
        frame.pack();
        frame.setVisible(true);
        field.requestFocusInWindow();
    }

    /** Appends a line, and shows it in the title too. */
    void show(String line) {
        lines.append(line + "\n");
        lines.setCaretPosition(lines.getDocument().getLength());
        frame.setTitle(name + " - " + line);
    }
}
