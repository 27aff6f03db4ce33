using Eigenflow.Dynamics;
using Eigenflow.Numerics.Dense;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The flow of m neurons, ẇ_k = −m ∂L/∂w_k, for the student (1/m) Σ_k ⟨x, w_k⟩² (derived): with M = (1/m) Σ w_k w_kᵀ, Δ = M − w*w*ᵀ and L = 2 tr(QΔQΔ) + (tr QΔ)²,
/// ẇ_{k,i} = λ_i [−4 (s − s*) w_{k,i} − (8/m) Σ_l G_kl w_{l,i} + 8 u_k w*_i] with G_kl = w_kᵀQw_l, u_k = w_kᵀQw* and s = tr G/m. One neuron is the flow of the paper.
/// </summary>
/// <remarks>
/// The equations keep their form when the neurons are mixed by a rotation O, which changes no statistic of M. After every step they are turned to where G is diagonal; the Jacobian is then diagonal but for
/// what enters through G and u, whose m(m + 3)/2 numbers are solved for (<see cref="WideStages"/>). O is kept for what is said of single neurons. Work per evaluation m² d.
/// </remarks>
internal sealed class WideSystem : IContinuousModel<WideStatistics>, IFactoredSystem
{
    private const double Underflow = 1e-290;

    // A rotation by less changes nothing.
    private const double SmallestCoupling = 1e-13;

    private readonly int width;
    private readonly int stride;
    private readonly double[] rates;
    private readonly double[] teacher;
    private readonly double[] weightedTeacher;
    private readonly double[] floors;
    private readonly double overlap;
    private readonly double teacherSquare;
    private readonly double dimension;
    private readonly double[] gram;
    private readonly double[] overlaps;
    private readonly double[] products;
    private readonly double[] scratch;
    private readonly WideStages stages;
    private double[] rotation;

    public WideSystem(double[] eigenvalues, double[] teacher, double[][] starts)
    {
        width = starts.Length;
        var size = eigenvalues.Length;
        stride = VectorLoops.PaddedLength(size);
        rates = Padded(eigenvalues);
        this.teacher = Padded(teacher);
        weightedTeacher = Padded([.. eigenvalues.Zip(teacher, (rate, value) => rate * value)]);
        overlap = NeuronLoops.Sum(rates, this.teacher, this.teacher);
        teacherSquare = NeuronLoops.Sum(this.teacher, this.teacher);
        dimension = size;
        var typical = Math.Min(Math.Sqrt(teacherSquare / size), Math.Sqrt(overlap));
        floors = Padded([.. teacher.Select(value => Math.Abs(value) + (0.1 * typical))]);
        gram = new double[width * width];
        products = new double[width * width];
        overlaps = new double[width];
        scratch = new double[width * stride];
        rotation = Identity();
        stages = new WideStages(width, rates, weightedTeacher, this.teacher);
        InitialState = new double[width * stride];
        for (var k = 0; k < width; k++)
            starts[k].CopyTo(InitialState, k * stride);
    }

    public int Size => width * stride;

    public int Rank => 0;

    public bool IsAutonomous => true;

    /// <summary>The starts of the neurons one after another, each padded to whole groups of eight.</summary>
    public double[] InitialState { get; }

    /// <summary>s*.</summary>
    public double TeacherOverlap => overlap;

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        var excess = Measure(state);
        for (var k = 0; k < width; k++)
        {
            var target = derivative.Slice(k * stride, stride);
            target.Clear();
            for (var l = 0; l < width; l++)
                ScaledSum.Add((-8 * gram[(k * width) + l] / width) - (k == l ? 4 * excess : 0), Neuron(state, l), target);
            ScaledSum.Add(8 * overlaps[k], teacher, target);
            NeuronLoops.Scale(rates, target, target);
        }
    }

    public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

    public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
    {
        var excess = Measure(state);
        stages.Linearize(state, [.. Enumerable.Range(0, width).Select(k => (-4 * excess) - (8 * gram[(k * width) + k] / width))]);
    }

    public bool Factor(double shift) => stages.Factor(shift);

    public void Solve(Span<double> vector) => stages.Solve(vector);

    /// <summary>Errors are measured against a coefficient, or against those of the teacher times the overlap that the student has, or one.</summary>
    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        const double Caution = 4;
        Measure(after);
        var level = Math.Min(1, RootMeanSquareOverlap() / overlap);
        var largest = 0.0;
        for (var k = 0; k < width; k++)
        {
            for (var i = 0; i < stride; i++)
            {
                var at = (k * stride) + i;
                largest = Math.Max(largest, Math.Abs(error[at]) / (Math.Max(Math.Abs(before[at]), Math.Abs(after[at])) + (floors[i] * level) + Underflow));
            }
        }

        return double.IsNaN(level) ? double.NaN : Caution * largest / relativeTolerance;
    }

    public bool Reformulate(Span<double> state, WideStatistics row)
    {
        if (width == 1)
            return false;
        Measure(state);
        var (mixed, total) = (0.0, 0.0);
        for (var k = 0; k < width; k++)
        {
            total += gram[(k * width) + k];
            for (var l = 0; l < k; l++)
                mixed = Math.Max(mixed, Math.Abs(gram[(k * width) + l]));
        }

        if (!(mixed > SmallestCoupling * total))
            return false;
        var basis = JointDiagonalisation.Rotate([[.. gram]], [1], width, width);
        Mix(basis, state, stride);
        var turned = (double[])rotation.Clone();
        Mix(basis, turned, width);
        rotation = turned;
        return true;
    }

    public Func<double[], WideStatistics> Observer()
    {
        // The rotation is replaced, never changed in place.
        var now = (WideSystem)MemberwiseClone();
        return state => now.Observe(state);
    }

    public WideStatistics Observe(ReadOnlySpan<double> state)
    {
        var s = overlap + Measure(state);
        if (width == 1 && WideStatistics.Near(rates, teacher, state, Math.Sign(overlaps[0]), overlap, teacherSquare, dimension) is { } near)
            return near;
        double squares = 0, projections = 0, lengths = 0;
        for (var k = 0; k < width; k++)
        {
            projections += overlaps[k] * overlaps[k];
            var along = NeuronLoops.Sum(Neuron(state, k), teacher);
            lengths += along * along;
            for (var l = 0; l <= k; l++)
            {
                products[(k * width) + l] = NeuronLoops.Sum(Neuron(state, k), Neuron(state, l));
                squares += (k == l ? 1 : 2) * gram[(k * width) + l] * gram[(k * width) + l];
            }
        }

        var loss = (2 * PhaseStatistics.Settled((squares / width / width) - (2 * projections / width) + (overlap * overlap), (squares / width / width) + (overlap * overlap))) + ((s - overlap) * (s - overlap));
        var matrix = (teacherSquare * teacherSquare) - (2 * lengths / width);
        for (var k = 0; k < width; k++)
        {
            for (var l = 0; l <= k; l++)
                matrix += (k == l ? 1 : 2) * products[(k * width) + l] * products[(k * width) + l] / width / width;
        }

        var (best, bestSign, mean) = NeuronAlignment.Of(rotation, gram, overlaps, overlap);
        var u = bestSign * RootMeanSquareOverlap();
        return new WideStatistics(
            new PhaseStatistics(s, u, SquaredDistance(state) / dimension, loss, 1 - (s / overlap), 1 - (Math.Abs(u) / overlap)),
            Math.Sqrt(Math.Max(0, matrix)) / teacherSquare, best, mean);
    }

    private ReadOnlySpan<double> Neuron(ReadOnlySpan<double> state, int index) => state.Slice(index * stride, stride);

    private double RootMeanSquareOverlap() => Math.Sqrt(overlaps.Sum(value => value * value) / width);

    // G and u; gives s − s*.
    private double Measure(ReadOnlySpan<double> state)
    {
        var trace = 0.0;
        for (var k = 0; k < width; k++)
        {
            var weighted = scratch.AsSpan(0, stride);
            NeuronLoops.Scale(rates, Neuron(state, k), weighted);
            overlaps[k] = NeuronLoops.Sum(weighted, teacher);
            for (var l = 0; l <= k; l++)
                gram[(k * width) + l] = gram[(l * width) + k] = NeuronLoops.Sum(weighted, Neuron(state, l));
            trace += gram[(k * width) + k];
        }

        return (trace / width) - overlap;
    }

    // Of the leading neuron Σ_k c_k w_k/√m of M to the nearer teacher. The neurons of a row are turned only about, so that c is found anew.
    private double SquaredDistance(ReadOnlySpan<double> state)
    {
        var along = NeuronAlignment.Leading(gram, width);
        var neuron = scratch.AsSpan(0, stride);
        neuron.Clear();
        for (var k = 0; k < width; k++)
            ScaledSum.Add(along[k] / Math.Sqrt(width), Neuron(state, k), neuron);
        double near = 0, far = 0;
        for (var i = 0; i < stride; i++)
        {
            near += (neuron[i] - teacher[i]) * (neuron[i] - teacher[i]);
            far += (neuron[i] + teacher[i]) * (neuron[i] + teacher[i]);
        }

        return Math.Min(near, far);
    }

    // Rows of the basis times vectors of a length.
    private void Mix(double[] basis, Span<double> vectors, int length)
    {
        var mixed = new double[width * length];
        for (var a = 0; a < width; a++)
        {
            for (var k = 0; k < width; k++)
                ScaledSum.Add(basis[(a * width) + k], vectors.Slice(k * length, length), mixed.AsSpan(a * length, length));
        }

        mixed.CopyTo(vectors);
    }

    private double[] Padded(double[] values)
    {
        var padded = new double[stride];
        values.CopyTo(padded, 0);
        return padded;
    }

    private double[] Identity()
    {
        var identity = new double[width * width];
        for (var k = 0; k < width; k++)
            identity[(k * width) + k] = 1;
        return identity;
    }
}
