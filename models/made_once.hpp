// Something that is costly to make and that few studies need: made when it is first asked for, by whichever thread.
#pragma once
#include <memory>
#include <mutex>
#include <optional>

namespace clientele::models {

/// Copies share what is made.
template <class T>
class MadeOnce {
 public:
  template <class Make>
  const T& get(const Make& make) const {
    std::call_once(inside_->once, [&] { inside_->made.emplace(make()); });
    return *inside_->made;
  }

 private:
  struct Inside {
    std::once_flag once;
    std::optional<T> made;
  };
  std::shared_ptr<Inside> inside_ = std::make_shared<Inside>();
};

}  // namespace clientele::models
