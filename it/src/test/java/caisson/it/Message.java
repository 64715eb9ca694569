package caisson.it;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.List;

/** A protobuf message of which only the fields' numbers are known. */
record Message(UnknownFieldSet fields) {
  static final Message EMPTY = new Message(UnknownFieldSet.getDefaultInstance());

  static Message parse(byte[] bytes) {
    try {
      return new Message(UnknownFieldSet.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("an answer is no message", e);
    }
  }

  private Message with(int number, Field field) {
    return new Message(UnknownFieldSet.newBuilder(fields).mergeField(number, field).build());
  }

  Message with(int number, String text) {
    return with(
        number, Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build());
  }

  Message with(int number, List<String> texts) {
    var message = this;
    for (var text : texts) {
      message = message.with(number, text);
    }
    return message;
  }

  Message with(int number, long value) {
    return with(number, Field.newBuilder().addVarint(value).build());
  }

  Message with(int number, Message value) {
    return with(number, Field.newBuilder().addLengthDelimited(value.fields.toByteString()).build());
  }

  String text(int number) {
    var all = fields.getField(number).getLengthDelimitedList();
    return all.isEmpty() ? "" : all.getFirst().toStringUtf8();
  }

  long number(int number) {
    var all = fields.getField(number).getVarintList();
    return all.isEmpty() ? 0 : all.getFirst();
  }

  Message message(int number) {
    var all = fields.getField(number).getLengthDelimitedList();
    return all.isEmpty() ? EMPTY : parse(all.getFirst().toByteArray());
  }
}
