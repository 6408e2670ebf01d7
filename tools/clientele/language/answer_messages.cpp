// The sentences of an answer, in each language. Order and wording of English are those of `clientele compare`.
#include "tools/clientele/language/messages.hpp"

namespace clientele::tools {

namespace {

constexpr Message table[] = {
    {"number.missing", "-", "-", "-"},
};

}  // namespace

std::span<const Message> answer_messages() { return table; }

}  // namespace clientele::tools
