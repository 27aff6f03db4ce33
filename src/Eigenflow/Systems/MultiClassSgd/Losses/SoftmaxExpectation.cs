using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Quadrature;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Expectations of the softmax loss over r ~ N(m, B) ∈ R^l. The loss does not see a constant that is added to all outputs, so that the all-ones direction is projected out and l − 1 remain: up to three by a grid
/// of the trapezoidal rule (relative error about 1e-9), more by 4096 fixed points, half of a lattice and its mirror image, the same in every call, so that results are smooth functions of m and B; their error is estimated by other shifts of
/// the lattice (<see cref="Error"/>). Work per call: points × l exponentials, eight points at a time, in fixed lanes. Safe to share between threads.
/// </summary>
internal sealed class SoftmaxExpectation
{
    /// <summary>Most outputs for which a grid is used.</summary>
    public const int MostOnGrid = 4;

    private const double Exponent = 21, Reach = 6.6;
    private static readonly ConcurrentDictionary<int, SoftmaxExpectation> Known = new();

    private readonly int outputs;
    private readonly int directions;

    // Orthonormal rows of sum zero: (1, −1)/√2, (1, 1, −2)/√6, …
    private readonly double[] basis;
    private readonly ConcurrentBag<Work> idle = [];
    private readonly Lazy<double[]>[] lattices;

    private SoftmaxExpectation(int outputs)
    {
        this.outputs = outputs;
        directions = outputs - 1;
        basis = new double[directions * outputs];
        for (var k = 0; k < directions; k++)
        {
            var scale = 1 / Math.Sqrt((k + 1.0) * (k + 2));
            for (var j = 0; j <= k; j++)
                basis[(k * outputs) + j] = scale;
            basis[(k * outputs) + k + 1] = -(k + 1) * scale;
        }

        lattices = [.. Enumerable.Range(0, LatticeRule.Shifts).Select(shift => new Lazy<double[]>(() => Transposed(shift)))];
    }

    /// <summary>The quadrature of a number of outputs.</summary>
    public static SoftmaxExpectation Of(int outputs) => Known.GetOrAdd(outputs, size => new SoftmaxExpectation(size));

    /// <summary>Fills the moments.</summary>
    public void Expect(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, OutputMoments moments) => Expect(output, mean, covariance, moments, 0);

    /// <summary>The 95 % interval of the risk that the lattice gives, by random shifts; 0 on a grid.</summary>
    public double Error(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        if (outputs <= MostOnGrid)
            return 0;
        var moments = new OutputMoments(outputs);
        var risks = new double[LatticeRule.Shifts];
        for (var shift = 0; shift < risks.Length; shift++)
        {
            Expect(output, mean, covariance, moments, shift);
            risks[shift] = moments.Risk;
        }

        // One lattice is used alone: its error is that of one shift.
        var average = risks.Average();
        return 2.365 * Math.Sqrt(risks.Sum(risk => (risk - average) * (risk - average)) / (risks.Length - 1));
    }

    private void Expect(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, OutputMoments moments, int shift)
    {
        var own = idle.TryTake(out var known) ? known : new Work(outputs);
        own.Clear();
        Root(covariance, own);
        var centre = 0.0;
        foreach (var value in mean)
            centre += value / outputs;
        for (var j = 0; j < outputs; j++)
            own.Mean[j] = mean[j] - centre;
        if (outputs <= MostOnGrid)
            Grid(own);
        else
            Lattice(own, shift);
        Collect(output, own, moments);
        idle.Add(own);
    }

    // The lower triangular root of B in the basis, spread over the outputs: Root[k][j] multiplies z_k in output j. Directions without variance have a row of zeros.
    private void Root(ReadOnlySpan<double> covariance, Work own)
    {
        var (reduced, half) = (own.Reduced, own.Half);
        for (var a = 0; a < directions; a++)
        {
            for (var j = 0; j < outputs; j++)
            {
                var sum = 0.0;
                for (var k = 0; k <= a + 1; k++)
                    sum += basis[(a * outputs) + k] * covariance[(k * outputs) + j];
                half[j] = sum;
            }

            for (var b = 0; b <= a; b++)
            {
                var sum = 0.0;
                for (var k = 0; k <= b + 1; k++)
                    sum += basis[(b * outputs) + k] * half[k];
                reduced[(a * directions) + b] = sum;
            }
        }

        var largest = 0.0;
        for (var a = 0; a < directions; a++)
            largest = Math.Max(largest, reduced[(a * directions) + a]);
        for (var column = 0; column < directions; column++)
        {
            var rest = reduced[(column * directions) + column];
            for (var k = 0; k < column; k++)
                rest -= reduced[(column * directions) + k] * reduced[(column * directions) + k];
            var root = rest > 1e-15 * largest ? Math.Sqrt(rest) : 0;
            reduced[(column * directions) + column] = root;
            for (var row = column + 1; row < directions; row++)
            {
                var entry = reduced[(row * directions) + column];
                for (var k = 0; k < column; k++)
                    entry -= reduced[(row * directions) + k] * reduced[(column * directions) + k];
                reduced[(row * directions) + column] = root > 0 ? entry / root : 0;
            }
        }

        for (var k = 0; k < directions; k++)
        {
            for (var j = 0; j < outputs; j++)
            {
                var sum = 0.0;
                for (var a = Math.Max(k, j - 1); a < directions; a++)
                    sum += reduced[(a * directions) + k] * basis[(a * outputs) + j];
                own.Root[(k * outputs) + j] = sum;
            }
        }
    }

    private void Grid(Work own)
    {
        for (var k = 0; k < directions; k++)
        {
            var row = own.Root.AsSpan(k * outputs, outputs);
            double low = 0, high = 0;
            foreach (var value in row)
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            var strip = Math.Min(0.97 * Math.PI / Math.Max(high - low, 1e-9), Math.Sqrt(2 * Exponent));
            own.Steps[k] = high > low ? 2 * Math.PI * strip / (Exponent + (strip * strip / 2)) : 0;
            own.Halves[k] = high > low ? (int)Math.Ceiling((Reach + Math.Min(1, (high - low) / 4)) / own.Steps[k]) : 0;
        }

        Descend(own, directions - 1, 1);
    }

    // Outer directions one node at a time, the first one eight.
    private void Descend(Work own, int direction, double weight)
    {
        var (step, half) = (own.Steps[direction], own.Halves[direction]);
        var norm = half == 0 ? 1 : step / Math.Sqrt(2 * Math.PI);
        if (direction > 0)
        {
            for (var node = -half; node <= half; node++)
            {
                var z = node * step;
                var part = weight * norm * Math.Exp(-z * z / 2);
                if (part < 1e-13)
                    continue;
                own.Point[direction] = z;
                Descend(own, direction - 1, part);
            }

            return;
        }

        for (var j = 0; j < outputs; j++)
        {
            var sum = own.Mean[j];
            for (var k = 1; k < directions; k++)
                sum += own.Point[k] * own.Root[(k * outputs) + j];
            own.Offset[j] = sum;
        }

        var groups = ((2 * half) + 8) / 8;
        for (var group = 0; group < groups; group++)
        {
            var number = Vector512.Create((8.0 * group) - half) + Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
            var z = number * step;
            var inside = Vector512.LessThanOrEqual(number, Vector512.Create((double)half));
            var weights = Vector512.ConditionalSelect(inside, VectorExponential.Of(z * z * -0.5) * (weight * norm), Vector512<double>.Zero);
            for (var j = 0; j < outputs; j++)
                own.Logits[j] = Vector512.FusedMultiplyAdd(z, Vector512.Create(own.Root[j]), Vector512.Create(own.Offset[j]));
            Add(own, weights);
        }
    }

    private void Lattice(Work own, int shift)
    {
        var nodes = lattices[shift].Value;
        var weights = Vector512.Create(1.0 / LatticeRule.Points);

        // Half of the points with their mirror images: odd parts of the integrand cancel.
        for (var first = 0; first < LatticeRule.Points / 2; first += 8)
        {
            for (var sign = 1; sign >= -1; sign -= 2)
            {
                for (var j = 0; j < outputs; j++)
                    own.Logits[j] = Vector512.Create(own.Mean[j]);
                for (var k = 0; k < directions; k++)
                {
                    var z = Vector512.LoadUnsafe(ref nodes[(k * LatticeRule.Points) + first]) * sign;
                    for (var j = 0; j < outputs; j++)
                        own.Logits[j] = Vector512.FusedMultiplyAdd(z, Vector512.Create(own.Root[(k * outputs) + j]), own.Logits[j]);
                }

                Add(own, weights);
            }
        }
    }

    // Adds weighted probabilities, their products and ln Σ e^r of eight points.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(Work own, Vector512<double> weights)
    {
        ref var logits = ref MemoryMarshal.GetArrayDataReference(own.Logits);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(own.Sums);
        ref var products = ref MemoryMarshal.GetArrayDataReference(own.Products);
        var largest = logits;
        for (nuint j = 1; j < (nuint)outputs; j++)
            largest = Vector512.Max(largest, Unsafe.Add(ref logits, j));
        var total = Vector512<double>.Zero;
        for (nuint j = 0; j < (nuint)outputs; j++)
        {
            var value = VectorExponential.Of(Unsafe.Add(ref logits, j) - largest);
            Unsafe.Add(ref logits, j) = value;
            total += value;
        }

        var inverse = Vector512<double>.One / total;
        own.Total = Vector512.FusedMultiplyAdd(weights, largest + VectorLogarithm.Of(total), own.Total);
        nuint place = 0;
        for (nuint j = 0; j < (nuint)outputs; j++)
        {
            var probability = Unsafe.Add(ref logits, j) * inverse;
            Unsafe.Add(ref logits, j) = probability;
            var weighted = probability * weights;
            Unsafe.Add(ref sums, j) += weighted;
            for (nuint k = 0; k <= j; k++, place++)
                Unsafe.Add(ref products, place) = Vector512.FusedMultiplyAdd(weighted, Unsafe.Add(ref logits, k), Unsafe.Add(ref products, place));
        }
    }

    private void Collect(int output, Work own, OutputMoments moments)
    {
        var probability = own.Offset;
        for (var j = 0; j < outputs; j++)
        {
            probability[j] = Vector512.Sum(own.Sums[j]);
            moments.Force[j] = probability[j] - (j == output ? 1 : 0);
        }

        moments.Risk = Vector512.Sum(own.Total) - own.Mean[output];
        var place = 0;
        for (var j = 0; j < outputs; j++)
        {
            for (var k = 0; k <= j; k++, place++)
            {
                var product = Vector512.Sum(own.Products[place]);
                var curvature = (j == k ? probability[j] : 0) - product;
                var noise = product - (j == output ? probability[k] : 0) - (k == output ? probability[j] : 0) + (j == output && k == output ? 1 : 0);
                moments.Curvature[(j * outputs) + k] = moments.Curvature[(k * outputs) + j] = curvature;
                moments.Noise[(j * outputs) + k] = moments.Noise[(k * outputs) + j] = noise;
            }
        }
    }

    private double[] Transposed(int shift)
    {
        var nodes = LatticeRule.Nodes(directions, shift);
        var transposed = new double[nodes.Length];
        for (var i = 0; i < LatticeRule.Points; i++)
        {
            for (var k = 0; k < directions; k++)
                transposed[(k * LatticeRule.Points) + i] = nodes[(i * directions) + k];
        }

        return transposed;
    }

    private sealed class Work(int outputs)
    {
        public double[] Mean { get; } = new double[outputs];

        public double[] Reduced { get; } = new double[outputs * outputs];

        public double[] Half { get; } = new double[outputs];

        public double[] Root { get; } = new double[outputs * outputs];

        public double[] Steps { get; } = new double[outputs];

        public int[] Halves { get; } = new int[outputs];

        public double[] Point { get; } = new double[outputs];

        public double[] Offset { get; } = new double[outputs];

        public Vector512<double>[] Logits { get; } = new Vector512<double>[outputs];

        public Vector512<double>[] Sums { get; } = new Vector512<double>[outputs];

        public Vector512<double>[] Products { get; } = new Vector512<double>[outputs * (outputs + 1) / 2];

        public Vector512<double> Total { get; set; }

        public void Clear()
        {
            Array.Clear(Sums);
            Array.Clear(Products);
            Total = default;
        }
    }
}
