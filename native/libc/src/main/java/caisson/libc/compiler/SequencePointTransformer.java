package caisson.libc.compiler;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.Program;
import org.teavm.model.ValueType;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.InvokeInstruction;

/**
 * Keeps Java's order of evaluation in C. TeaVM's C back end writes {@code new Point(read(),
 * read())} as one C expression, and C leaves the order of arguments and operands open: gcc takes
 * arguments from the right. So every call whose result is used is followed by a statement that does
 * nothing, {@code SequencePoint.pass()}, across which TeaVM moves no expression. It costs nothing:
 * the header defines it as nothing.
 */
final class SequencePointTransformer implements ClassHolderTransformer {
  private static final String SEQUENCE_POINT = "caisson.libc.SequencePoint";
  private static final String RUNTIME = "org.teavm.runtime.";

  @Override
  public void transformClass(ClassHolder cls, ClassHolderTransformerContext context) {
    if (cls.getName().startsWith(RUNTIME)) {
      return; // the collector and allocator, which the compiler treats by rules of their own
    }
    for (MethodHolder method : cls.getMethods()) {
      if (method.hasProgram()) {
        separateCalls(method.getProgram());
      }
    }
  }

  private static void separateCalls(Program program) {
    for (BasicBlock block : program.getBasicBlocks()) {
      for (Instruction instruction : block) {
        if (instruction instanceof InvokeInstruction call && call.getReceiver() != null) {
          call.insertNext(sequencePoint(call));
        }
      }
    }
  }

  private static Instruction sequencePoint(InvokeInstruction after) {
    InvokeInstruction point = new InvokeInstruction();
    point.setType(InvocationType.SPECIAL);
    point.setMethod(new MethodReference(SEQUENCE_POINT, "pass", ValueType.VOID));
    point.setLocation(after.getLocation());
    return point;
  }
}
