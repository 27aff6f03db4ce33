using Eigenflow.Numerics.Dense;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The linear equations of the stages of m neurons R_k with diagonal G: (σ − λ_i n_k) X_ki = B_ki + λ_i (Σ_a R_ai δN_ak + 8 w*_i δu_k), where δN = −(8/m) δG − (4/m) tr δG,
/// δG_kl = Σ_i λ_i (X_ki R_li + X_li R_ki) and δu_k = Σ_i λ_i w*_i X_ki. With E_ki = 1/(σ − λ_i n_k) the m(m + 3)/2 numbers δu and δG solve a dense system whose entries are sums over the modes.
/// Work per factorisation m³ d/2 + (m²/2)³/3, per solve 2 m² d.
/// </summary>
internal sealed class WideStages
{
    private readonly int width;
    private readonly int stride;
    private readonly double[] rates;
    private readonly double[] weightedTeacher;
    private readonly double[] teacher;
    private readonly double[] neurons;
    private readonly double[] inverses;
    private readonly double[] weights;
    private readonly double[] scratch;
    private readonly double[] small;
    private readonly double[] entries;
    private readonly double[] changes;
    private readonly SmallLinearSystem system;
    private double[] slopes = [];

    public WideStages(int width, double[] rates, double[] weightedTeacher, double[] teacher)
    {
        (this.width, this.rates, this.weightedTeacher, this.teacher) = (width, rates, weightedTeacher, teacher);
        stride = rates.Length;
        neurons = new double[width * stride];
        inverses = new double[width * stride];
        weights = new double[stride];
        scratch = new double[width * stride];
        changes = new double[width * width];
        var count = width + (width * (width + 1) / 2);
        small = new double[count];
        entries = new double[count * count];
        system = new SmallLinearSystem(count);
    }

    /// <summary>Takes the neurons and the n_k.</summary>
    public void Linearize(ReadOnlySpan<double> state, double[] diagonal)
    {
        state.CopyTo(neurons);
        slopes = diagonal;
    }

    /// <summary>Factors for a shift σ.</summary>
    public bool Factor(double shift)
    {
        Array.Clear(entries);
        for (var k = 0; k < width; k++)
        {
            var inverse = inverses.AsSpan(k * stride, stride);
            for (var i = 0; i < stride; i++)
            {
                inverse[i] = 1 / (shift - (rates[i] * slopes[k]));
                weights[i] = rates[i] * rates[i] * inverse[i];
            }

            // Rows that hold δX_k: δu_k, and δG_kl for every l.
            var own = weights.AsSpan();
            var weightedOwn = scratch.AsSpan(0, stride);
            NeuronLoops.Scale(own, teacher, weightedOwn);
            this[k, k] -= 8 * NeuronLoops.Sum(weightedOwn, teacher);
            for (var a = 0; a < width; a++)
            {
                var part = NeuronLoops.Sum(weightedOwn, Neuron(a));
                AddChange(k, a, k, part);
                this[Pair(k, a), k] -= (k == a ? 2 : 1) * 8 * part;
            }

            for (var a = 0; a < width; a++)
            {
                NeuronLoops.Scale(own, Neuron(a), weightedOwn);
                for (var l = 0; l <= a; l++)
                {
                    var part = NeuronLoops.Sum(weightedOwn, Neuron(l));
                    AddChange(Pair(k, l), a, k, (k == l ? 2 : 1) * part);
                    if (l != a)
                        AddChange(Pair(k, a), l, k, (k == a ? 2 : 1) * part);
                }
            }
        }

        for (var row = 0; row < small.Length; row++)
        {
            for (var column = 0; column < small.Length; column++)
                system[row, column] = (row == column ? 1 : 0) + entries[(row * small.Length) + column];
        }

        return system.Factor();
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<double> vector)
    {
        NeuronLoops.Scale(inverses, vector, vector);
        var weighted = scratch.AsSpan(0, stride);
        Array.Clear(small);
        for (var k = 0; k < width; k++)
        {
            var part = vector.Slice(k * stride, stride);
            small[k] = NeuronLoops.Sum(weightedTeacher, part);
            NeuronLoops.Scale(rates, part, weighted);
            for (var l = 0; l < width; l++)
                small[Pair(k, l)] += (k == l ? 2 : 1) * NeuronLoops.Sum(weighted, Neuron(l));
        }

        system.Solve(small);
        var trace = 0.0;
        for (var k = 0; k < width; k++)
            trace += small[Pair(k, k)];
        for (var a = 0; a < width; a++)
        {
            for (var b = 0; b < width; b++)
                changes[(a * width) + b] = ((-8 * small[Pair(a, b)]) - (a == b ? 4 * trace : 0)) / width;
        }

        for (var k = 0; k < width; k++)
        {
            weighted.Clear();
            for (var a = 0; a < width; a++)
                ScaledSum.Add(changes[(a * width) + k], Neuron(a), weighted);
            ScaledSum.Add(8 * small[k], teacher, weighted);
            NeuronLoops.Scale(rates, weighted, weighted);
            NeuronLoops.Scale(inverses.AsSpan(k * stride, stride), weighted, weighted);
            ScaledSum.Add(1, weighted, vector.Slice(k * stride, stride));
        }
    }

    private double this[int row, int column]
    {
        get => entries[(row * small.Length) + column];
        set => entries[(row * small.Length) + column] = value;
    }

    private ReadOnlySpan<double> Neuron(int index) => neurons.AsSpan(index * stride, stride);

    // A row of the matrix from a term −part · δN_ak.
    private void AddChange(int row, int a, int k, double part)
    {
        this[row, Pair(a, k)] += 8 * part / width;
        if (a != k)
            return;
        for (var c = 0; c < width; c++)
            this[row, Pair(c, c)] += 4 * part / width;
    }

    // The place of δG_kl among the unknowns.
    private int Pair(int k, int l)
    {
        var (large, less) = k > l ? (k, l) : (l, k);
        return width + (large * (large + 1) / 2) + less;
    }
}
