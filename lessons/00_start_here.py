# %% [markdown]
# # 00 · Start here (시작하기)
#
# **The question.** What is a neural network (신경망) made of, and how does it learn? You build one from nothing, and on the
# way you learn how this course works.
#
# **What you will build**: a neuron, a layer, the softmax, the loss, one step of training, a network.
# **What you will measure**: what the bias is for, what the activation is for, and what a network "knows" that has learned
# noise by heart.
#
# **Where this belongs.** Machine learning (기계 학습) is the part of artificial intelligence (인공지능) in which nobody
# writes the rules: a program learns them from examples. In its older form people choose what the program looks at, the
# **features** (특징), and only the last part, the **classifier** (분류기), is learned. **Deep learning** (딥러닝) uses neural
# networks of several layers, which learn the features too. Lesson 01 measures both.
#
# | symbol | meaning |
# |---|---|
# | B | batch (배치): how many examples at once |
# | E | inputs of a layer |
# | H | units of a hidden layer |
# | C | classes (클래스) |
#
# About 80 minutes, of which the exercises take 20. Section 8 is for looking up: skim it now, and come back when you
# meet one of those errors. Do not skip "What went wrong?" behind it. A cell that only draws or prints is folded: run it
# like any other; a click shows its code. You need Python and a little algebra. Everything runs on a CPU, without a
# network connection.

# %% key="imports"
import torch
import torch.nn.functional as F

from course_lib import explorers, plotting
from course_lib.dense import ShallowNetwork
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call

torch.set_num_threads(1)  # these tensors are so small that a second thread makes it slower

# %% [markdown]
# ## 1 · How an exercise works
#
# An exercise is three cells: what to do, the cell to fill in, and its check. A cell runs with Shift+Enter. First run
# the cell above, which begins with `import torch`: without it nothing below works. Do the same after each restart. A
# **tensor** (텐서) is an array of numbers. It has a shape and a **dtype** (자료형, the type of its numbers), and it
# calculates element by element.
#
# ### Exercise 1 · Your first check · difficulty 1 of 5 · 2 minutes
#
# Write `double(x)`: for a tensor of any shape, a new tensor of the same shape and dtype with every element doubled. For
# `torch.tensor([1.0, 2.0, 3.0])` the answer is `tensor([2., 4., 6.])`. Do it in four steps:
#
# 1. Leave the cell as it is and run it, then run the check below it.
# 2. Replace `raise NotImplementedError` by `return x + 2`, a mistake. Run **your cell, then the check**.
# 3. Write the right answer. Run both again.
# 4. Read on: the next cell says what you have seen.


# %% key="double" exercise="00.first"
def double(x):
    # Your code here: return a new tensor, each element twice that of x.
    raise NotImplementedError


# %% key="check_double" tags=["exercise-check"]
check("00.first", double)

# %% [markdown]
# **Step 1, blank.** Nothing was attempted, nothing is lost: the *reference* stands in for `double`, and the rest of the
# lesson runs. A blank exercise never blocks you.
#
# ```text
# ○ Not attempted · 00.first
#   `double` is still blank: write it in the cell above.
#   Until yours is right, `double` is the reference: the lesson goes on, but not on your code.
#   Stuck? hint("00.first")
# ```
#
# **Step 2, wrong.** The check names the mistake where it knows it, and shows the call, what was expected and what came.
#
# ```text
# ✗ Wrong value · 00.first
#   It adds 2 to each element; multiply each by 2
#   Expected: [2.0, 4.0, 6.0]
#   Got: [3.0, 4.0, 5.0]
#   Called as: double(x = [1.0, 2.0, 3.0])
#   Until yours is right, `double` is the reference: the lesson goes on, but not on your code.
#   Stuck? hint("00.first")
# ```
#
# **Step 3, right.** From here on the lesson runs on your code. (Did you run only the check again? Then it saw the
# reference, and asked for your own cell.)
#
# ```text
# ✓ Correct · 00.first
#   `double` is right, and the rest of the lesson runs on it.
# ```
#
# Four more outcomes exist: *raised an error* (with your own line), *wrong shape*, *wrong type* and, in later exercises,
# *wrong gradient*. See the first three with `return 2 * y`, `return x.sum()` and `return 2.0 * x`. When stuck, ask for a
# hint; each call gives the next one. `solution("00.first")` shows the answer, and asks first.
#
# In JupyterLab, three buttons stand below each check: **Check** runs your answer and then the check, **Hint** shows the
# next hint, **Reset** puts the blank exercise back, after asking. Without them, run the cells yourself: it is the same.
#
# **What every check asks**, here and in all lessons, where the text says nothing else:
#
# - The result is returned, not printed. What your function is given stays as it was.
# - Nothing else changes: no seed, and nothing that is set for all of torch.
# - Any size may be 1, and any two sizes may be equal.
# - Numbers with a decimal point come as float32, and go out so.
# - From `neuron` on, a gradient can flow back through the result. (Section 5 says what that is.) So the numbers stay in
#   tensors all the way: no `.item()`, no NumPy.

# %% key="hint"
hint("00.first")

# %% [markdown]
# **All at once.** Save (Ctrl+S), open a terminal (File, New, Terminal), and run
#
#     source .venv/bin/activate
#     course check 00
#
# (on Windows, or with conda: `conda activate course`). It runs a clean copy of this notebook from top to bottom, and lists
# your exercises: right, wrong, not attempted, and what to fix first. `course status` shows all lessons and how many minutes
# are left, and `course reset 00` begins a lesson afresh. **nbval**, a tool that makes a test of every cell, checks it too;
# the README says how.
#
# ## 2 · One neuron
#
# A **neuron** (뉴런) takes E numbers and makes one. Its name and its idea come from the nerve cell (신경 세포), which takes
# many signals and sends out one.
#
# ![](picture:neuron)
#
# It multiplies each input with a **weight** (가중치) and adds up the products: this is the **inner product** (내적). Then it
# adds a **bias** (편향). Last it puts the sum through an **activation** (활성화 함수), which makes the neuron non-linear
# (비선형). Here that is the sigmoid (시그모이드) σ, which brings every number into the range from 0 to 1:
#
# $$y = \sigma(\mathbf{w} \cdot \mathbf{x} + b) = \sigma(w_1 x_1 + \dots + w_E x_E + b)
# \qquad\text{with } \sigma(s) = \frac{1}{1 + e^{-s}}$$
#
# ### Exercise 2 · A neuron · difficulty 1 of 5 · 2 minutes
#
# Write `neuron(x, weight, bias)` for a whole batch: `x` (B, E), one example in each row, `weight` (E,), `bias` one number;
# the answer has shape (B,). `x @ weight` makes all B inner products at once; `torch.sigmoid` is $\sigma$.


# %% key="neuron" exercise="00.neuron"
def neuron(x, weight, bias):
    # Your code here: the inner products, plus the bias, through the sigmoid, (B,).
    raise NotImplementedError


# %% key="check_neuron" tags=["exercise-check"]
check("00.neuron", neuron)

# %% key="use_neuron" tags=["nbval-check-output"]
two = torch.tensor([[1.0, 1.0], [3.0, 3.0]])
print(neuron(two, torch.tensor([1.0, 1.0]), torch.tensor(-4.0)).round(decimals=3))

# %% [markdown]
# **What the numbers mean.** With two inputs, $w_1 x_1 + w_2 x_2 + b = 0$ is a line. On one side the neuron says more than
# one half, on the other less: the line is its **decision boundary** (결정 경계). The weights, drawn as an arrow, stand at a
# right angle to it; the bias shifts it. With $b = 0$ it passes through the origin, whatever the weights are.
#
# The examples are two clouds of points. Three settings of a neuron are tried on them:


# %% key="clouds"
def two_clouds(seed, P=200):
    """P points around (1, 1), class 0, and around (3, 3), class 1."""
    labels = torch.arange(P) % 2
    noise = torch.randn(P, 2, generator=torch.Generator().manual_seed(seed))
    return 1 + 2 * labels[:, None] + 0.7 * noise, labels


clouds_x, clouds_labels = two_clouds(seed=0, P=80)
settings = [(1.0, 0.5, 0.0), (1.0, 0.5, -4.0), (1.0, 1.0, -4.0)]
right = [
    ((neuron(clouds_x, torch.tensor([w1, w2]), torch.tensor(b)) > 0.5) == clouds_labels).float().mean()
    for w1, w2, b in settings
]
print("right answers:", *(f"{share:.0%}" for share in right))

# %% [markdown]
# The figure shows the three lines, each drawn over the same two clouds.

# %% key="clouds_picture" folded=true
neuron_explorer = explorers.Neuron(clouds_x, clouds_labels)
w1, w2, b = zip(*settings, strict=True)
axes = neuron_explorer.picture(
    w1=w1,
    w2=w2,
    b=b,
    title=f"The bias shifts the line ({right[0]:.0%} to {right[1]:.0%} right), the weights turn it ({right[2]:.0%})",
)
turns = torch.linspace(0, 6.28, 360)
best = max(neuron_explorer.accuracy(a.cos().item(), a.sin().item(), 0) for a in turns)  # with b = 0
assert 0.6 < best < 0.7, best
assert right[0] < 0.65 < 0.85 < right[1] <= right[2]

# %% [markdown]
# **Predict first**: leave b at 0. What is the best that you can reach with $w_1$ and $w_2$ alone?

# %% key="neuron_explorer"
neuron_explorer.widget()

# %% [markdown]
# **Answer.** About two thirds. Both clouds lie in the same direction from the origin, so a line through the origin has both
# on one side, or cuts through both.
#
# ## 3 · A layer is a matrix
#
# H neurons side by side, each connected to every input, are a **fully connected layer** (완전 연결 층, also *dense* or
# *linear* layer). Their weights are the rows of one matrix **W**, one row for each neuron: its shape is (out, in), here
# (H, E). (In a product of two matrices the number in row i and column j is the inner product of row i of the left one
# with column j of the right one; so the inner sizes must be equal. The transpose $\mathbf{W}^\top$ makes rows of
# columns.) For one example, written as a **column**:
#
# $$\mathbf{y} = \mathbf{W} \mathbf{x} + \mathbf{b} \qquad (H \times E)\,(E \times 1) = (H \times 1)$$
#
# (With N inputs and M outputs: (M × N)(N × 1) = (M × 1). Some books keep a column for each neuron instead, and write
# $\mathbf{W}^\top \mathbf{x}$.) In a batch each example is a **row** of **X**, and the same layer is
#
# $$\mathbf{Y} = \mathbf{X} \mathbf{W}^\top + \mathbf{b} \qquad (B \times E)\,(E \times H) = (B \times H)$$
#
# The whole course keeps to this: **W** is (out, in); **W** times a column, or rows times $\mathbf{W}^\top$.
#
# ### Exercise 3 · A dense layer · difficulty 2 of 5 · 2 minutes
#
# Write `dense(x, weight, bias)`: for `x` (B, E), `weight` (H, E) and `bias` (H,) the answer (B, H), without an activation.
# `weight.T` is the transpose (전치).


# %% key="dense" exercise="00.dense"
def dense(x, weight, bias):
    # Your code here: each example with each unit, (B, H).
    raise NotImplementedError


# %% key="check_dense" tags=["exercise-check"]
check("00.dense", dense)

# %% [markdown]
# ## 4 · From scores to a loss
#
# A classifier has one output for each class: C scores, called **logits** (로짓). The **softmax** (소프트맥스) makes probabilities
# of them, positive and with the sum 1:
#
# $$p_c = \frac{e^{z_c}}{e^{z_1} + \dots + e^{z_C}}$$
#
# ### Exercise 4 · Softmax · difficulty 2 of 5 · 3 minutes
#
# Write `softmax(logits)`: for logits (B, C) probabilities (B, C), each **row** with the sum 1. In float32 $e^{89}$ is
# already infinite; so subtract from each row its largest logit first, which changes nothing in the quotient. (torch has
# a softmax, but here you write it with `exp`, `max` and `sum`. `dim=-1` means: along the last dimension, in each row.
# `keepdim=True` keeps this dimension with size 1, so the result is (B, 1). `max` with `dim` returns two things,
# `.values` and `.indices`: take `.values`.)


# %% key="softmax" exercise="00.softmax"
def softmax(logits):
    # Your code here: subtract each row's largest, take exp, divide by each row's sum.
    raise NotImplementedError


# %% key="check_softmax" tags=["exercise-check"]
check("00.softmax", softmax)

# %% [markdown]
# The **loss** (손실) says how wrong the probabilities are; the function that computes it is the loss function (손실 함수).
# **Cross-entropy** (교차 엔트로피) looks only at the probability of the right class, the **label** (레이블) $y$: $\mathcal{L} =
# -\log p_y$. It is 0 when $p_y = 1$, and large when $p_y$ is near 0 (log is the natural logarithm, with the base e, in
# the whole course). With the softmax written out it becomes
#
# $$\mathcal{L} = -\log p_y = \log\left(e^{z_1} + \dots + e^{z_C}\right) - z_y$$
#
# ### Exercise 5 · Cross-entropy · difficulty 3 of 5 · 4 minutes
#
# Write `cross_entropy(logits, labels)`: for logits (B, C) and labels (B,), integers from 0 to C - 1, one number, the mean of
# $\mathcal{L}$ over the batch. It must stay finite at logits of 1000, so use the form on the right:
# `logits.logsumexp(dim=-1)` is its first part, and `logits[torch.arange(len(labels)), labels]` picks $z_y$ from each row.


# %% key="cross_entropy" exercise="00.cross_entropy"
def cross_entropy(logits, labels):
    # Your code here: the two parts, each (B,); then the mean of their difference.
    raise NotImplementedError


# %% key="check_cross_entropy" tags=["exercise-check"]
check("00.cross_entropy", cross_entropy)

# %% key="use_cross_entropy" tags=["nbval-check-output"]
undecided = cross_entropy(torch.zeros(2, 4), torch.tensor([0, 3])).item()
print(f"all logits equal, 4 classes: {undecided:.4f}, and log 4 is {torch.tensor(4.0).log():.4f}")

# %% [markdown]
# A network that knows nothing should have a loss near log C at the first step. It is the cheapest test there is.
#
# ## 5 · Learning
#
# The loss depends on the parameters (매개변수), the weights and biases. Its **gradient** (기울기) points to where it rises
# fastest; **gradient descent** (경사 하강법) takes a small step the other way, with the **learning rate** (학습률) `lr`:
#
# $$\theta \leftarrow \theta - \mathrm{lr} \cdot \frac{\partial \mathcal{L}}{\partial \theta} \qquad\text{for each parameter } \theta$$
#
# ($\partial \mathcal{L} / \partial \theta$, the partial derivative (편미분), says how fast the loss rises where $\theta$ alone
# grows and all other parameters stay. For a single $\theta$ it is the slope of a curve. All of them together are the gradient.)
#
# torch computes the gradient. Its part **autograd** records what is done with tensors that are marked
# `requires_grad_()`, and then goes back through the record, from the loss to each parameter: this is
# **back-propagation** (역전파). The rule that makes steps out of gradients is the **optimizer** (옵티마이저, 최적화 기법).
# This one, with a batch drawn at random for each step, is called **SGD** (확률적 경사 하강법, *stochastic gradient descent*).
#
# ### Exercise 6 · One training step · difficulty 3 of 5 · 5 minutes
#
# Write `training_step(network, parameters, x, labels, lr)`. `network(x, *parameters)` gives logits; `parameters` is a list
# of tensors, as many as there are. Return a **list of new tensors**, and leave the given ones as they are. Four lines:
#
# 1. copies that autograd follows: `p.detach().clone().requires_grad_()` for each parameter `p`;
# 2. the loss: your `cross_entropy` of what the network says with these copies;
# 3. `gradients = torch.autograd.grad(loss, copies)`, one for each;
# 4. for each the new parameter, `p.detach() - lr * gradient`. (`detach` cuts it off from the record of this step.)


# %% key="training_step" exercise="00.training_step"
def training_step(network, parameters, x, labels, lr):
    # Your code here: copies, loss, gradients, new parameters.
    raise NotImplementedError


# %% key="check_training_step" tags=["exercise-check"]
check("00.training_step", training_step)

# %% [markdown]
# **What is the bias for?** Train one layer with two outputs on the two clouds, with its bias and without. Do it ten times,
# each time with another **seed** (시드): the number from which all random numbers are made, here the points. What is
# measured, here the accuracy, is called the **metric** (평가 지표).


# %% key="bias"
def train(network, parameters, x, labels, lr, steps):
    for _ in range(steps):
        parameters = training_step(network, parameters, x, labels, lr)
    return parameters


def accuracy(logits, labels):
    """Accuracy (정확도): the share of examples whose largest logit is that of their label."""
    return (logits.argmax(dim=-1) == labels).float().mean().item()


def dense_without_bias(x, weight):
    return dense(x, weight, torch.zeros(len(weight)))


with_bias, without_bias = [], []
for seed in range(10):
    x, labels = two_clouds(seed)
    trained = train(dense, [torch.zeros(2, 2), torch.zeros(2)], x, labels, lr=0.5, steps=100)
    with_bias.append(accuracy(dense(x, *trained), labels))
    trained = train(dense_without_bias, [torch.zeros(2, 2)], x, labels, lr=0.5, steps=100)
    without_bias.append(accuracy(dense_without_bias(x, *trained), labels))

# %% [markdown]
# In the figure each dot is one run, and the bar is their mean. The thin black line is the 95 % **interval** (신뢰 구간) of
# the mean: the mean over very many seeds is expected to lie within it. Without a bias the network stays at about one
# half, though the best line through the origin has two thirds right: training makes the loss small, and the line with
# the smallest loss is another one here.

# %% key="bias_figure" folded=true
mean = torch.tensor([with_bias, without_bias]).mean(dim=1)
plotting.bars(
    ["with bias", "without bias"],
    torch.tensor([with_bias, without_bias]).T,
    title=f"Without its bias the line must pass through the origin: {mean[1]:.0%} right instead of {mean[0]:.0%}",
    ylabel="accuracy",
    limits=(0, 1),
    chance=0.5,
)
assert min(with_bias) > 0.9, with_bias
assert max(without_bias) < 0.65, without_bias

# %% [markdown]
# ## 6 · Layers on layers
#
# One line is not enough for **XOR** (배타적 논리합): class 1 where exactly one of two inputs is on. Do two layers help? By
# themselves, no: a layer of a layer is a layer.
#
# $$(\mathbf{X}\mathbf{W}_1^\top + \mathbf{b}_1)\,\mathbf{W}_2^\top + \mathbf{b}_2
# = \mathbf{X}\,(\mathbf{W}_2\mathbf{W}_1)^\top + (\mathbf{W}_2\mathbf{b}_1 + \mathbf{b}_2)$$


# %% key="stack" tags=["nbval-check-output"]
def stack(x, hidden_weight, hidden_bias, output_weight, output_bias):
    """Two layers and no activation."""
    return dense(dense(x, hidden_weight, hidden_bias), output_weight, output_bias)


x = torch.randn(8, 3)
w1, b1 = torch.randn(16, 3), torch.randn(16)
w2, b2 = torch.randn(2, 16), torch.randn(2)
one_layer = dense(x, w2 @ w1, w2 @ b1 + b2)
print("two layers equal one:", torch.allclose(stack(x, w1, b1, w2, b2), one_layer, atol=1e-4))

# %% [markdown]
# An activation between the layers breaks this equation. **ReLU** (렐루), $\max(s, 0)$, is the simplest. The result is a
# **shallow network** (얕은 신경망):
#
# ![](picture:shallow_network)
#
# The **input layer** (입력층) computes nothing. It hands the E numbers on; its size is the length of the input vector. The
# **hidden layer** (은닉층) and the **output layer** (출력층) are fully connected. More hidden layers make it *deep*.
#
# ### Exercise 7 · A shallow network · difficulty 1 of 5 · 2 minutes
#
# Write `shallow_network(x, hidden_weight, hidden_bias, output_weight, output_bias)`: `x` (B, E) through a layer of H units,
# `torch.relu`, and a layer of C outputs: logits (B, C), without an activation at the end. Use your `dense`.


# %% key="shallow_network" exercise="00.shallow_network"
def shallow_network(x, hidden_weight, hidden_bias, output_weight, output_bias):
    # Your code here: layer, ReLU, layer.
    raise NotImplementedError


# %% key="check_shallow_network" tags=["exercise-check"]
check("00.shallow_network", shallow_network)

# %% [markdown]
# **Does it learn XOR?** The stack without an activation and shallow networks of several widths, with twenty seeds each. A
# seed makes the parameters with which training starts. They come from the library's `ShallowNetwork`, which is your
# function with its parameters.


# %% key="xor"
def random_parameters(E, H, C, seed):
    """Where training starts: hidden weight and bias, output weight and bias."""
    made = ShallowNetwork(E, H, C, generator=torch.Generator().manual_seed(seed))
    return [p.detach() for p in made.parameters()]


xor_x = torch.tensor([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])  # off is -1, on is 1
xor_labels = torch.tensor([0, 1, 1, 0])


def xor_accuracies(network, H):
    """The accuracy that each of twenty seeds reaches."""
    reached = []
    for seed in range(20):
        start = random_parameters(2, H, 2, seed)
        trained = train(network, start, xor_x, xor_labels, lr=1.0, steps=150)
        reached.append(accuracy(network(xor_x, *trained), xor_labels))
    return reached


WIDTHS = (2, 4, 8)
linear = xor_accuracies(stack, H=8)
learned = {H: sum(a == 1 for a in xor_accuracies(shallow_network, H)) / 20 for H in WIDTHS}
print(f"without an activation: never above {max(linear):.0%}")

# %% [markdown]
# The figure shows how many of the twenty seeds get all four points right.

# %% key="xor_figure" folded=true
plotting.bars(
    ["H = 8, no activation", *(f"H = {H}" for H in WIDTHS)],
    [sum(a == 1 for a in linear) / 20, *learned.values()],
    title=f"With 8 hidden units {learned[8]:.0%} of the seeds learn XOR, with 2 only {learned[2]:.0%}; without an "
    "activation none",
    ylabel="share of 20 seeds with all 4 right",
    limits=(0, 1),
    horizontal=True,
)
assert max(linear) <= 0.75, linear
assert learned[8] >= 0.95 > 0.6 > learned[2], learned

# %% [markdown]
# Two units would be enough to write XOR down, but from most starts training doesn't find it. What a network *can*
# express and what it *learns* are two things. Watch one that learns. The dashed lines belong to the hidden neurons (one
# of the four lies outside of the picture); the arrow points to the side where ReLU lets the number through. **Predict
# first**: at which places can the boundary bend?

# %% key="xor_training"
parameters = random_parameters(2, 4, 2, seed=2)
snapshots = [(0, parameters)]
for step in range(1, 101):
    parameters = training_step(shallow_network, parameters, xor_x, xor_labels, lr=0.3)
    if step % 4 == 0:
        snapshots.append((step, parameters))

losses = [cross_entropy(shallow_network(xor_x, *p), xor_labels).item() for _, p in snapshots]
print(f"the loss falls from {losses[0]:.2f} to {losses[-1]:.2f}")

# %% [markdown]
# The figure shows three moments of this training.

# %% key="xor_training_picture" folded=true
learning_explorer = explorers.Learning(shallow_network, snapshots, xor_x, xor_labels)
axes = learning_explorer.picture(
    moment=[0, 5, -1],
    title=f"Four hidden neurons fold the plane until XOR fits: the loss falls from {losses[0]:.2f} to {losses[-1]:.2f}",
)
assert losses[-1] < 0.3 * losses[0]

# %% key="learning_explorer"
learning_explorer.widget()

# %% [markdown]
# **Answer.** Only at the dashed lines. On each side of such a line its neuron is either 0 or grows evenly, so between the
# lines the network is one linear layer, and its boundary is straight.
#
# **The same in `torch.nn`.** `nn.Linear` is your `dense`, `F.cross_entropy` is your `cross_entropy`, and the optimizer
# `torch.optim.SGD` takes your step. The values agree, and so do the parameters after ten steps. `zero_grad` deletes the
# old gradients, `backward` writes the new ones into the `.grad` of each parameter, and `step` changes the parameters.

# %% key="torch_nn" tags=["nbval-check-output"]
mine = random_parameters(2, 4, 2, seed=0)
theirs = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
with torch.no_grad():
    for theirs_p, mine_p in zip(theirs.parameters(), mine, strict=True):
        theirs_p.copy_(mine_p)

z, y = torch.tensor([[1000.0, 0.0], [1.0, 3.0]]), torch.tensor([1, 0])
print("softmax equal:      ", torch.allclose(softmax(z), F.softmax(z, dim=-1)))
print("loss equal:         ", torch.allclose(cross_entropy(z, y), F.cross_entropy(z, y)))
print("network equal:      ", torch.allclose(theirs(xor_x), shallow_network(xor_x, *mine)))

optimizer = torch.optim.SGD(theirs.parameters(), lr=0.3)
for _ in range(10):
    mine = training_step(shallow_network, mine, xor_x, xor_labels, lr=0.3)
    loss = F.cross_entropy(theirs(xor_x), xor_labels)  # the four lines of every training loop
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
pairs = zip(theirs.parameters(), mine, strict=True)
print("after 10 steps equal:", all(torch.allclose(a, b, atol=1e-5) for a, b in pairs))

# %% [markdown]
# ## 7 · Training and test
#
# A network has two phases. In **training** (학습) the parameters change, to fit examples with labels. In the **test** (테스트)
# they stay, and the network answers for examples that it has never seen. Only the second says whether it has learned
# anything. The same network is trained on 60 examples, once with labels that follow a rule ($x_1 + x_2 > 0$) and once
# with labels from the toss of a coin, with five seeds:


# %% key="noise"
def train_and_test(follows_rule, seed, E=10, P=60):
    """The accuracy on P training examples, and on 1,000 others."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(P + 1000, E, generator=generator)
    coin = torch.randint(2, (len(x),), generator=generator)
    labels = (x[:, 0] + x[:, 1] > 0).long() if follows_rule else coin
    trained = train(
        shallow_network, random_parameters(E, 64, 2, seed), x[:P], labels[:P], lr=1.0, steps=300
    )
    with torch.no_grad():  # testing needs no gradients
        logits = shallow_network(x, *trained)
    return accuracy(logits[:P], labels[:P]), accuracy(logits[P:], labels[P:])


rule = torch.tensor([train_and_test(True, seed) for seed in range(5)])  # (seeds, 2)
coin = torch.tensor([train_and_test(False, seed) for seed in range(5)])

# %% [markdown]
# The figure compares the accuracy in training with that in the test.

# %% key="noise_figure" folded=true
plotting.bars(
    ["labels by a rule", "labels by a coin"],
    {
        "training examples": torch.stack([rule[:, 0], coin[:, 0]], 1),
        "test examples": torch.stack([rule[:, 1], coin[:, 1]], 1),
    },
    title=f"It learns noise by heart: {coin[:, 0].mean():.0%} right in training, {coin[:, 1].mean():.0%} in the test",
    ylabel="accuracy",
    limits=(0, 1),
    chance=0.5,
)
assert coin[:, 0].min() > 0.95
assert (coin[:, 1].mean() - 0.5).abs() < 0.05
assert rule[:, 1].min() > 0.8

# %% [markdown]
# In training both networks look perfect. The gap between training and test accuracy shows **overfitting** (과적합). From now
# on every accuracy of a classifier in this course is measured on examples that it was not trained on.
#
# ## 8 · Seven errors that everybody meets
#
# Four give a message, three are silent. Read a message from its end, print the shapes, and compare them with what you
# meant. (The folded cell makes small tensors, and a function that prints the message of an error.)

# %% key="error_of" folded=true
x, weight, bias = torch.randn(4, 3), torch.randn(5, 3), torch.randn(5)  # B = 4, E = 3, C = 5
labels = torch.tensor([0, 4, 1, 1])


def error_of(wrong):
    """What torch says to `wrong()`."""
    try:
        wrong()
    except (RuntimeError, IndexError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("this should have been an error")


# %% [markdown]
# **1 · A product without its transpose.** The inner sizes must be equal, (B, E) @ (E, C), and the weight is (C, E).

# %% key="error_transpose"
print(error_of(lambda: x @ weight + bias))
print("cure: x @ weight.T + bias has the shape", tuple((x @ weight.T + bias).shape))

# %% [markdown]
# **2 · One example without its batch.** `x[0]` has lost its first dimension, so dimension 1 is gone too.

# %% key="error_batch"
print(error_of(lambda: F.softmax(F.linear(x[0], weight, bias), dim=1)))
cured = F.softmax(F.linear(x[:1], weight, bias), dim=1)
print("cure: x[:1] or x[0].unsqueeze(0), result", tuple(cured.shape))

# %% [markdown]
# **3 · Labels that are not class numbers**: one-hot rows (1 at the class, 0 elsewhere), or the two arguments swapped. Logits
# come first, then B integers.

# %% key="error_labels"
logits, one_hot = F.linear(x, weight, bias), F.one_hot(labels, 5)
print(error_of(lambda: F.cross_entropy(logits, one_hot)))
cured = F.cross_entropy(logits, one_hot.argmax(1)).item()
print("cure: F.cross_entropy(logits, one_hot.argmax(1)) =", round(cured, 3))
print(error_of(lambda: F.cross_entropy(labels, logits)))
print("cure: F.cross_entropy(logits, labels) =", round(F.cross_entropy(logits, labels).item(), 3))

# %% [markdown]
# **4 · Integers times floats.** Data often comes as integers, and weights are float32. Labels, on the other hand, must
# stay integers: `.long()`.

# %% key="error_dtype"
counts = torch.tensor([[1, 0, 2]])
print(error_of(lambda: counts @ weight.T))
print("cure: counts.float() @ weight.T has the dtype", (counts.float() @ weight.T).dtype)

# %% [markdown]
# **5 · Silent and the most dangerous: (B, 1) against (B,).** Broadcasting (브로드캐스팅, torch repeats a dimension of size 1 as
# often as the other side needs) makes (B, B) of them: every prediction is compared with every target. So a perfect
# prediction gets a loss, and training goes to the mean of the targets.

# %% key="error_broadcast" tags=["nbval-check-output"]
target = torch.tensor([1.0, 2.0, 3.0, 4.0])  # (B,)
perfect = target[:, None]  # (B, 1), as a layer with one output gives it
difference = perfect - target
print("difference:", tuple(difference.shape), "loss:", difference.square().mean().item())
print("cure: perfect.squeeze(-1), loss:", (perfect.squeeze(-1) - target).square().mean().item())
assert perfect.squeeze(-1).shape == target.shape  # the line that finds it

# %% [markdown]
# **6 · Silent: `view` or `reshape` for a transpose.** The shape is right, the numbers stand in the wrong places. `reshape`
# reads on row by row; only `.T` and `transpose` turn rows into columns.

# %% key="error_reshape" tags=["nbval-check-output"]
table = torch.tensor([[1, 2, 3], [4, 5, 6]])
print("reshape:", table.reshape(3, 2).tolist())
print("cure:   ", table.T.tolist())

# %% [markdown]
# **7 · Silent: softmax over the wrong dimension.** `dim=0` makes the *examples* compete. The rows no longer have the sum 1,
# which is what to look at.

# %% key="error_dim" tags=["nbval-check-output"]
two = torch.tensor([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
print("dim=0, sums of the rows: ", F.softmax(two, dim=0).sum(1).tolist())
print("cure, dim=-1:            ", F.softmax(two, dim=-1).sum(1).round(decimals=4).tolist())

# %% [markdown]
# ## What went wrong?
#
# A real bug, in a library that many people trained with: PyTorch Lightning Bolts, in two of its classifiers (issues 654 and
# 662 of its repository, May 2021; the first is fixed). Training runs, no error is raised, the accuracy rises. Here is the
# same in a few lines of our own: three classes, and logits that are right and more and more certain. The loss should go
# to 0. Say what is wrong before you open the answer.

# %% key="bug" tags=["nbval-check-output"]
right_answer = torch.tensor([0, 1, 2])
for certainty in (1.0, 3.0, 10.0, 100.0):
    z = certainty * torch.eye(3)  # the logit of the right class grows
    loss = F.cross_entropy(F.softmax(z, dim=-1), right_answer)
    print(f"certainty {certainty:>5}: loss {loss:.4f}")

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The softmax is applied twice, because `F.cross_entropy` and `nn.CrossEntropyLoss` have it inside. The second one gets
# probabilities, numbers between 0 and 1. So even a perfect answer, (1, 0, 0), counts as logits that are only 1 apart, and
# the second softmax makes 0.58 of it. With three classes the loss can't fall below $\log(1 + 2/e) = 0.5514$. And where the
# network is sure and *wrong*, the first softmax is flat: hardly any gradient comes back, just where it is needed.
#
# The cure: the network ends in logits. Probabilities are made with a softmax where somebody wants to read them, outside
# the loss.
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
for name, softmax_first in (("twice", True), ("once", False)):
    z = torch.tensor([[10.0, 0.0, 0.0]], requires_grad=True)  # sure, and wrong: the label is 1
    F.cross_entropy(F.softmax(z, dim=-1) if softmax_first else z, torch.tensor([1])).backward()
    print(f"softmax {name:>5}: the gradient at the right class is {z.grad[0, 1]:.4f}")

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. `nn.Linear(300, 10)`: how many parameters?**
#
# <details><summary>3,000</summary>No: these are the weights, 10 × 300. Each of the 10 units has a bias as well.</details>
# <details><summary>3,010</summary>Yes: a weight of shape (10, 300) and a bias of shape (10,).</details>
# <details><summary>3,300</summary>No: that would be a bias for each input. A bias belongs to a unit.</details>

# %% [markdown]
# **2. You stack five dense layers without activations. What can they learn that one can't?**
#
# <details><summary>XOR</summary>No: you saw that a stack never got more than three of the four points.</details>
# <details><summary>Boundaries with five bends</summary>No: bends come from activations, and there are none.</details>
# <details><summary>Nothing</summary>Yes: the product of the five matrices is one matrix, and the biases fold into one
# too.</details>

# %% [markdown]
# **3. Ten classes, a fresh network, and the first loss is 7.9. What does that tell you?**
#
# <details><summary>Nothing, the start is random</summary>No: a network that knows nothing should say about 1/10 for each
# class, and the loss should be near log 10 = 2.3.</details>
# <details><summary>It is sure of wrong answers before it has learned anything: look at the scale of weights and
# inputs</summary>Yes: logits that are far apart at the start come from weights or inputs that are too large.</details>
# <details><summary>The learning rate is too high</summary>No: no step has been taken yet.</details>

# %% [markdown]
# **4. Training accuracy 100 %, test accuracy 51 %, two classes. What has been learned?**
#
# <details><summary>The task: 100 % is perfect</summary>No: what counts is the answer to examples that it has not
# seen.</details>
# <details><summary>The training examples, by heart</summary>Yes: 51 % of two classes is guessing. You made it happen with
# coin tosses.</details>
# <details><summary>Nothing: there must be a bug</summary>No: this is what a flexible network does when the labels follow no
# rule that it can find, or the examples are too few.</details>

# %% [markdown]
# **5. A check said "wrong value". You fix your cell, run only the check, and it says that the name "is the reference at
# the moment". Why?**
#
# <details><summary>The check is broken</summary>No: it looks at what the name means now.</details>
# <details><summary>After the wrong answer the name means the reference, until your own cell runs again</summary>Yes: what
# stands in a cell counts only once the cell has run. Run your cell, then the check.</details>
# <details><summary>The notebook must be restarted</summary>No: running your own cell is enough.</details>
#
# ## Summary
#
# - A neuron: inner product, bias, activation. Its boundary is a line; the bias frees it from the origin.
# - A layer is a matrix, (out, in): **Wx** for a column, $\mathbf{X}\mathbf{W}^\top$ for rows. A stack of layers without
#   activations is one layer.
# - Logits, softmax, cross-entropy, a step against the gradient: this is how every model of this course learns.
# - Training accuracy can be learned by heart. Test accuracy can't.
# - The network ends in logits; print shapes, and assert those that must be equal.
#
# **What this lesson can't do.** Its inputs were numbers from the start. A sentence is made of words, and a word is not a
# number. How does it become one? That is lesson **01 word embeddings**.
#
# **Further reading.** Rosenblatt (1958), *The Perceptron*, Psychological Review 65. Minsky, Papert (1969), *Perceptrons*,
# on what one line can't do. Rumelhart, Hinton, Williams (1986), *Learning representations by back-propagating errors*,
# Nature 323. Cybenko (1989), *Approximation by superpositions of a sigmoidal function*. Zhang, Bengio, Hardt, Recht, Vinyals
# (2017), *Understanding deep learning requires rethinking generalization*, ICLR: networks that learn random labels by
# heart.
