package caisson.libc.compiler;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.FieldReference;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.Variable;
import org.teavm.model.instructions.GetFieldInstruction;
import org.teavm.model.instructions.InvokeInstruction;

/**
 * Has a clone of an array copy what the array has. TeaVM 0.15 asks whether the array's own class is
 * primitive, which it never is, instead of asking about its elements': so it takes every element
 * for a pointer of eight bytes and writes far past the end of a byte[] or char[], over whatever is
 * behind it in the heap. String.getBytes clones such an array.
 */
final class ArrayCloneTransformer implements ClassHolderTransformer {
  private static final String RUNTIME_CLASS = "org.teavm.runtime.RuntimeClass";

  @Override
  public void transformClass(ClassHolder cls, ClassHolderTransformerContext context) {
    if (cls.getName().equals("java.lang.Object")) {
      for (MethodHolder method : cls.getMethods()) {
        if (method.getName().equals("cloneLowLevel")) {
          askAboutElements(method);
        }
      }
    }
  }

  private static void askAboutElements(MethodHolder method) {
    for (BasicBlock block : method.getProgram().getBasicBlocks()) {
      for (Instruction instruction : block) {
        if (instruction instanceof InvokeInstruction call
            && call.getMethod().getName().equals("isPrimitive")) {
          Variable elements = method.getProgram().createVariable();
          call.insertPrevious(elementClass(call.getArguments().getFirst(), elements));
          call.setArguments(elements);
        }
      }
    }
  }

  private static Instruction elementClass(Variable arrayClass, Variable receiver) {
    GetFieldInstruction field = new GetFieldInstruction();
    field.setInstance(arrayClass);
    field.setField(new FieldReference(RUNTIME_CLASS, "itemType"));
    field.setFieldType(ValueType.object(RUNTIME_CLASS));
    field.setReceiver(receiver);
    return field;
  }
}
